import { AggregateRoot } from '#kernel';
import { compareConnections, type Connection, type Presence } from './presence.js';

export interface OpenSession {
  readonly id: string;
  readonly number: number;
  readonly mode: 'api' | 'standalone';
}

/** What the registry says of a device; the newest word counts. */
export interface RegisteredDevice {
  readonly accountId: string;
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly session: OpenSession | null;
  readonly locked: boolean;
  readonly retired: boolean;
}

export interface PairedDeviceState extends RegisteredDevice {
  /** The registry's number of the event that was applied last. */
  readonly registrySequence: number;
  readonly code: string | null;
  readonly pairedAt: Date | null;
  readonly continued: boolean;
  readonly presence: Presence | null;
}

export type NotListeningReason =
  'never_connected' | 'offline' | 'not_continued' | 'standalone' | 'logged_out' | 'locked' | 'retired' | 'unpaired';

/** Whether a payment may go to the device, and where it would go. */
export interface Listening {
  readonly listening: boolean;
  readonly reason: NotListeningReason | null;
  readonly node: string | null;
  readonly connectionId: string | null;
}

export type PairingEvent = { readonly at: Date; readonly accountId: string; readonly code: string } & (
  | { readonly type: 'DeviceCodeAssigned' }
  | { readonly type: 'DeviceListeningChanged'; readonly now: Listening }
  | { readonly type: 'DeviceWentOnline'; readonly connection: Connection }
  | { readonly type: 'DeviceWentOffline' }
);

/**
 * A device as the point of sale sees it: its code, and whether it listens. Events reach it late, twice or out of order, and any
 * order of the same events must end in the same state.
 */
export class PairedDevice extends AggregateRoot<PairingEvent> {
  #state: PairedDeviceState;
  #earnedCode = false;

  private constructor(id: string, state: PairedDeviceState, version: number, sequence: number) {
    super(id, version, sequence);
    this.#state = state;
  }

  static restore(id: string, state: PairedDeviceState, version: number, sequence: number): PairedDevice {
    return new PairedDevice(id, state, version, sequence);
  }

  get state(): PairedDeviceState {
    return this.#state;
  }

  /** It logged in in API mode and has no code yet. */
  get needsCode(): boolean {
    return this.#state.code === null && this.#earnedCode;
  }

  /** The connection that is open, if any. */
  get liveConnection(): Connection | null {
    return this.#state.presence?.connected ? this.#state.presence : null;
  }

  /** The live connection of the open session, if that is what it is: only there is the device told how it stands. */
  get openLine(): { readonly connection: Connection; readonly session: OpenSession } | null {
    const { session } = this.#state;
    const connection = this.liveConnection;
    return session && connection?.sessionNumber === session.number ? { connection, session } : null;
  }

  /** Decides, in this one place, whether the device listens. */
  get listening(): Listening {
    const reason = this.notListeningReason();
    const { node, connectionId } = this.liveConnection ?? { node: null, connectionId: null };
    return { listening: reason === null, reason, node, connectionId };
  }

  /**
   * Takes over what the registry says. An older word than the last one changes nothing; yet a log-in in API mode that it tells of
   * earns a code, though the device may have logged out since. Gives the code that a move to another account sets free.
   */
  follow(device: RegisteredDevice, sequence: number, at: Date): { readonly freedCode: string | null } {
    const isNews = sequence > this.#state.registrySequence;
    const freedCode = isNews && device.accountId !== this.#state.accountId ? this.leaveAccount(at) : null;
    if (isNews) this.change(at, { ...device, registrySequence: sequence });
    if (device.session?.mode === 'api' && device.accountId === this.#state.accountId) this.#earnedCode = true;
    return { freedCode };
  }

  assignCode(code: string, at: Date): void {
    this.#state = { ...this.#state, code, pairedAt: at };
    this.say({ type: 'DeviceCodeAssigned' }, at);
    this.say({ type: 'DeviceListeningChanged', now: this.listening }, at);
    if (this.liveConnection) this.say({ type: 'DeviceWentOnline', connection: this.liveConnection }, at);
  }

  /** Continue was pressed; it counts for the life of the pairing, which ends when the device leaves the account. */
  pressContinue(accountId: string, at: Date): void {
    if (this.#state.continued || accountId !== this.#state.accountId) return;
    this.change(at, { continued: true });
  }

  /** A connection counts when it is newer than the last one known. */
  connect(connection: Connection, at: Date): void {
    const { presence } = this.#state;
    if (presence && compareConnections(connection, presence) <= 0) return;
    this.change(at, { presence: { ...connection, connected: true, since: at } });
    this.say({ type: 'DeviceWentOnline', connection }, at);
  }

  /** The end of a connection counts once, unless a newer one is known. */
  disconnect(connection: Connection, at: Date): void {
    const { presence } = this.#state;
    const isNewer = presence === null || compareConnections(connection, presence) > 0;
    const isCurrent = presence?.connected === true && compareConnections(connection, presence) === 0;
    if (!isNewer && !isCurrent) return;
    const wasOnline = presence?.connected ?? false;
    this.change(at, { presence: { ...connection, connected: false, since: at } });
    if (wasOnline) this.say({ type: 'DeviceWentOffline' }, at);
  }

  /** Whoever still knows the old code must not reach the device any more. */
  private leaveAccount(at: Date): string | null {
    const { code } = this.#state;
    this.say({ type: 'DeviceListeningChanged', now: { ...this.listening, listening: false, reason: 'unpaired' } }, at);
    this.#state = { ...this.#state, code: null, pairedAt: null, continued: false };
    return code;
  }

  private notListeningReason(): NotListeningReason | null {
    const { session, presence, locked, retired, continued, code } = this.#state;
    if (retired) return 'retired';
    if (locked) return 'locked';
    if (!session) return 'logged_out';
    if (session.mode === 'standalone') return 'standalone';
    if (code === null) return 'unpaired';
    if (!presence) return 'never_connected';
    if (!presence.connected || presence.sessionNumber !== session.number) return 'offline';
    return continued ? null : 'not_continued';
  }

  private change(at: Date, to: Partial<PairedDeviceState>): void {
    const before = this.listening;
    this.#state = { ...this.#state, ...to };
    const now = this.listening;
    const same = (['listening', 'reason', 'node', 'connectionId'] as const).every((key) => before[key] === now[key]);
    if (!same) this.say({ type: 'DeviceListeningChanged', now }, at);
  }

  /** A device without a code is nobody's business yet. */
  private say(
    fact:
      | { type: 'DeviceCodeAssigned' | 'DeviceWentOffline' }
      | { type: 'DeviceListeningChanged'; now: Listening }
      | { type: 'DeviceWentOnline'; connection: Connection },
    at: Date,
  ): void {
    const { accountId, code } = this.#state;
    if (code !== null) this.record({ ...fact, at, accountId, code });
  }
}
