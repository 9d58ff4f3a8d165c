import type { DataOf, DeviceContinued } from '#contracts';
import type { Connection } from '../domain/presence.js';
import type { Fact } from './change-device.js';

type OnConnection = DataOf<typeof DeviceContinued>;

/** Whom an event of the gateway is about. */
export function factOf({ data, occurredAt }: { data: OnConnection; occurredAt: string }): Fact {
  return { deviceId: data.deviceId, accountId: data.accountId, at: new Date(occurredAt) };
}

/** The connection that an event of the gateway came in on. */
export function connectionOf({
  node,
  connectionId,
  sessionId,
  sessionNumber,
  connectSequence,
}: OnConnection): Connection {
  return { node, connectionId, sessionId, sessionNumber, connectSequence };
}
