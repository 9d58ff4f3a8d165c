import { AggregateRoot, type DoneBy } from '#kernel';
import type {
  Listening,
  NotListeningReason,
  OpenSession,
  PairedDeviceState,
  PairingEvent,
  RegisteredDevice,
} from './paired-device-state.js';
import { compareConnections, type Connection } from './presence.js';

/** For people: what the device is called and where it stands; null: nothing. */
export interface DeviceLabels {
  readonly name?: string | null | undefined;
  readonly location?: string | null | undefined;
}

type WithoutPlace<Event> = Event extends unknown ? Omit<Event, 'at' | 'accountId' | 'code'> : never;
type Fact = WithoutPlace<PairingEvent>;

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

  /** The platform lets it do nothing but deliver results. */
  get forbidden(): 'locked' | 'retired' | null {
    const { locked, retired } = this.#state;
    return retired ? 'retired' : locked ? 'locked' : null;
  }

  /** The connection that is open, if any. */
  get liveConnection(): Connection | null {
    return this.#state.presence?.connected ? this.#state.presence : null;
  }

  /** The connection that is open belongs to a pairing that is over. */
  get connectionIsOver(): boolean {
    const { liveConnection: connection } = this;
    return connection !== null && connection.sessionNumber <= this.#state.unpairedSessionNumber;
  }

  /** The live connection of the open session, if that is what it is: only there is the device told how it stands. */
  get openLine(): { readonly connection: Connection; readonly session: OpenSession } | null {
    const { session } = this.#state;
    const connection = this.liveConnection;
    if (this.forbidden || this.connectionIsOver) return null;
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
   * earns a code, though the device may have logged out since. Gives the code that a move to another account or retiring sets free.
   */
  follow(device: RegisteredDevice, sequence: number, at: Date): { readonly freedCode: string | null } {
    const { code, accountId, registrySequence, lastSessionNumber } = this.#state;
    const isNews = sequence > registrySequence;
    const moves = isNews && device.accountId !== accountId;
    if (moves || (isNews && device.retired)) this.unpair(null, at);
    if (moves) this.#state = { ...this.#state, name: null, location: null };
    const newest = Math.max(lastSessionNumber, device.session?.number ?? 0);
    if (isNews) this.change(at, { ...device, registrySequence: sequence, lastSessionNumber: newest });
    if (this.earnsCode(device)) this.#earnedCode = true;
    return { freedCode: this.#state.code === null ? code : null };
  }

  /** Ends the pairing, and gives the code that this sets free. Whoever still knows it must not reach the device any more. */
  unpair(by: DoneBy | null, at: Date): string | null {
    const { code, lastSessionNumber: sessionNumber } = this.#state;
    this.say({ type: 'DeviceListeningChanged', now: { ...this.listening, listening: false, reason: 'unpaired' } }, at);
    this.say({ type: 'DeviceUnpaired', sessionNumber, by }, at);
    this.#state = {
      ...{ ...this.#state, code: null, pairedAt: null, continued: false },
      unpairedSessionNumber: sessionNumber,
    };
    return code;
  }

  /** What is left out stays as it is. */
  rename({ name = this.#state.name, location = this.#state.location }: DeviceLabels, by: DoneBy, at: Date): void {
    if (name === this.#state.name && location === this.#state.location) return;
    this.#state = { ...this.#state, name, location };
    this.say({ type: 'DeviceRenamed', name, location, by }, at);
  }

  assignCode(code: string, at: Date): void {
    this.#state = { ...this.#state, code, pairedAt: at };
    this.say({ type: 'DeviceCodeAssigned' }, at);
    this.say({ type: 'DeviceListeningChanged', now: this.listening }, at);
    if (this.liveConnection) this.say({ type: 'DeviceWentOnline', connection: this.liveConnection }, at);
  }

  /** Continue was pressed; it counts for the life of the pairing, which ends when the device leaves the account. */
  pressContinue(accountId: string, sessionNumber: number, at: Date): void {
    const { continued, unpairedSessionNumber } = this.#state;
    if (continued || accountId !== this.#state.accountId || sessionNumber <= unpairedSessionNumber) return;
    this.change(at, { continued: true });
  }

  /** A connection counts when it is newer than the last one known. Gives the older of two, which the device has no more use for. */
  connect(connection: Connection, at: Date): Connection | null {
    const { presence } = this.#state;
    const isNewer = presence === null || compareConnections(connection, presence) > 0;
    const older = isNewer ? this.liveConnection : connection;
    if (isNewer) {
      this.change(at, { presence: { ...connection, connected: true, since: at } });
      this.say({ type: 'DeviceWentOnline', connection }, at);
    }
    return connection.connectionId === presence?.connectionId ? null : older;
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

  private earnsCode({ session, accountId, retired }: RegisteredDevice): boolean {
    if (session?.mode !== 'api' || retired || accountId !== this.#state.accountId) return false;
    return session.number > this.#state.unpairedSessionNumber;
  }

  private notListeningReason(): NotListeningReason | null {
    const { session, presence, continued, code } = this.#state;
    if (this.forbidden) return this.forbidden;
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
  private say(fact: Fact, at: Date): void {
    const { accountId, code } = this.#state;
    if (code !== null) this.record({ ...fact, at, accountId, code });
  }
}
