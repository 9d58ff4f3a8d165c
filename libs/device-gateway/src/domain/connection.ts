/** One connection of a device, by the names that every report of it carries. */
export interface Connection {
  readonly node: string;
  readonly connectionId: string;
  readonly deviceId: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly sessionNumber: number;
  readonly connectSequence: number;
}

type Rank = Pick<Connection, 'sessionNumber' | 'connectSequence'>;

/** Needs no shared clock: the device counts its connects, the registry its sessions, and logging in again always wins. */
export function isNewer(one: Rank, other: Rank): boolean {
  return (one.sessionNumber - other.sessionNumber || one.connectSequence - other.connectSequence) > 0;
}
