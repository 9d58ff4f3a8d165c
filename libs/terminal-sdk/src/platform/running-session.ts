import type { LoggedIn } from './platform-client.js';

/** The session that the connection is for. What comes back to another one than the present is of no interest. */
export interface Running {
  readonly id: string;
  gatewayUrl: string;
  token: string;
}

export const runningOf = ({ session: { id }, sessionToken, gatewayUrl }: LoggedIn): Running => ({
  ...{ id, gatewayUrl, token: sessionToken },
});
