import type { Address } from './device-mail.js';

/** Whom a message is about, and where its answer goes. */
export interface Heard {
  readonly deviceId: string;
  readonly paymentId: string;
  /** Null when it came without a connection, by HTTPS. */
  readonly from: Address | null;
}

/** A report of the gateway is answered to the connection that it came in on. */
export const heardFrom = ({ deviceId, paymentId, node, connectionId }: Omit<Heard, 'from'> & Address): Heard => ({
  deviceId,
  paymentId,
  from: { node, connectionId },
});
