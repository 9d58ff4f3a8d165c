import type { Address } from './device-mail.js';

/** Whom a message is about, and where its answer goes. */
export interface Heard {
  readonly deviceId: string;
  readonly paymentId: string;
  /** When it reached a gateway, or the platform itself. */
  readonly at: Date;
  /** Null when it came without a connection, by HTTPS. */
  readonly from: Address | null;
}

interface Report {
  readonly occurredAt: string;
  readonly data: Address & { readonly deviceId: string; readonly paymentId: string };
}

/** A report of the gateway is answered to the connection that it came in on. */
export function heardFrom({ occurredAt, data: { deviceId, paymentId, node, connectionId } }: Report): Heard {
  return { deviceId, paymentId, at: new Date(occurredAt), from: { node, connectionId } };
}
