import type { Heard } from './hear-device.js';

interface OnConnection {
  readonly deviceId: string;
  readonly paymentId: string;
  readonly node: string;
  readonly connectionId: string;
}

/** Whom a report of the gateway is about; the answer goes to the connection that it came in on. */
export const heardFrom = ({ deviceId, paymentId, node, connectionId }: OnConnection): Heard => ({
  deviceId,
  paymentId,
  from: { node, connectionId },
});
