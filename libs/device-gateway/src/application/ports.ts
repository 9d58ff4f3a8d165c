import type { JWTVerifyGetKey } from 'jose';

/** What the process that holds this gateway tells it. */
export abstract class DeviceGatewaySettings {
  /** Random at each start of the process: presence on a node ends with it. */
  abstract readonly node: string;
  /** The origins that a proof may name, as devices see this gateway; `ws` and `http` count as one. */
  abstract readonly origins: readonly string[];
  /** Browsers say their origin; only these may connect. Devices without a browser send none. */
  abstract readonly allowedBrowserOrigins: readonly string[];
  /** The platform's public keys for session tokens. */
  abstract readonly sessionKeys: JWTVerifyGetKey;
  /** How long a busy terminal keeps its link when this process stops; milliseconds. */
  abstract readonly drainMs: number;
}

/** The socket below a link. */
export interface Wire {
  /** Bytes that wait because the peer does not read. */
  readonly bufferedBytes: number;
  send(text: string): void;
  /** Says why, and is cut soon after if the peer does not answer. */
  close(code: number, reason: string): void;
  /** At once and without a word. */
  cut(): void;
}
