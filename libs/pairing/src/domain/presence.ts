/** One connection of a device, as its gateway named it. */
export interface Connection {
  readonly node: string;
  readonly connectionId: string;
  readonly sessionId: string;
  readonly sessionNumber: number;
  readonly connectSequence: number;
}

export interface Presence extends Connection {
  readonly connected: boolean;
  /** When it connected, or when it was lost. */
  readonly since: Date;
}

/** (session number, connectSequence) tells which connection is newer; no clock is needed. */
export function compareConnections(
  one: Pick<Connection, 'sessionNumber' | 'connectSequence'>,
  other: Pick<Connection, 'sessionNumber' | 'connectSequence'>,
): number {
  return one.sessionNumber - other.sessionNumber || one.connectSequence - other.connectSequence;
}
