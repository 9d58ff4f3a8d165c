import { AggregateRoot, type DoneBy } from '#kernel';
import {
  DeviceChangedError,
  DeviceForbiddenError,
  DeviceKnownError,
  SessionEndedError,
  SetUpRequiredError,
} from './device-registry.errors.js';
import {
  type DeviceEvent,
  type DeviceKey,
  type DeviceState,
  type NewDevice,
  type Session,
  type SessionEndReason,
  type SessionUser,
  type SetUpStep,
  setUpSteps,
} from './device-state.js';

/** A terminal: known by its own key, set up once, logged in and out many times. */
export class Device extends AggregateRoot<DeviceEvent> {
  #state: DeviceState;

  private constructor(id: string, state: DeviceState, version: number, sequence: number) {
    super(id, version, sequence);
    this.#state = state;
  }

  static register(id: string, device: NewDevice): Device {
    const nothingYet = { networkChecked: false, appInstalled: false, accountId: null, lastSessionNumber: 0 };
    return new Device(id, { ...device, ...nothingYet, session: null, locked: false, retired: false }, 0, 0);
  }

  static restore(id: string, state: DeviceState, version: number, sequence: number): Device {
    return new Device(id, state, version, sequence);
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** The steps of the first set-up that are still to do, in the order in which they are led through. */
  get missingSteps(): readonly SetUpStep[] {
    const { networkChecked, appInstalled, accountId } = this.#state;
    const done: Readonly<Record<SetUpStep, boolean>> = {
      network: networkChecked,
      app: appInstalled,
      account: accountId !== null,
    };
    return setUpSteps.filter((step) => !done[step]);
  }

  checkNetwork(at: Date): void {
    this.setUp({ networkChecked: true }, at);
  }

  installApp(appVersion: string, at: Date): void {
    this.setUp({ appInstalled: true, appVersion }, at);
  }

  /** A device that moves to another account ends its session there. Rejects with `device_forbidden`: a lock is not left behind by moving. */
  bindTo(accountId: string, at: Date): void {
    this.requireAllowed();
    if (this.#state.accountId === accountId) return;
    this.endSession('moved', at);
    this.#state = { ...this.#state, accountId: null };
    this.setUp({ accountId }, at);
  }

  /**
   * Another key stands for the device from now on: what it was is lost, or was replaced with its hardware. Rejects with
   * `device_known` when another account has the device, and with `device_forbidden`.
   */
  replaceKey(key: DeviceKey, accountId: string, at: Date): void {
    this.requireAllowed();
    if (this.#state.accountId !== null && this.#state.accountId !== accountId) throw new DeviceKnownError();
    this.#state = { ...this.#state, ...key };
    this.endSession('key_replaced', at);
  }

  /** It can neither log in nor take a payment. Its session stays open, so that it goes on when it is unlocked. */
  lock(by: DoneBy, at: Date): void {
    if (this.#state.locked) return;
    this.#state = { ...this.#state, locked: true };
    this.record({ type: 'DeviceLocked', at, device: this.#state, by });
  }

  unlock(by: DoneBy, at: Date): void {
    if (!this.#state.locked) return;
    this.#state = { ...this.#state, locked: false };
    this.record({ type: 'DeviceUnlocked', at, device: this.#state, by });
  }

  /** Out of service: no session and no log-in any more, until the account sets it up anew. */
  retire(by: DoneBy, at: Date): void {
    if (this.#state.retired) return;
    this.#state = { ...this.#state, retired: true };
    this.endSession('retired', at);
    this.record({ type: 'DeviceRetired', at, device: this.#state, by });
  }

  /** The account takes its retired device into service again. */
  reinstate(accountId: string, at: Date): void {
    if (!this.#state.retired || this.#state.accountId !== accountId) return;
    this.#state = { ...this.#state, retired: false };
    this.record({ type: 'DeviceSetUp', at, device: this.#state });
  }

  /** What a log-in must meet before it shows a PIN; gives the account whose users may log in. Rejects with `device_forbidden` and `setup_required`. */
  requireReadyForLogIn(): string {
    this.requireAllowed();
    const { accountId } = this.#state;
    if (accountId === null || this.missingSteps.length > 0) throw new SetUpRequiredError(this.missingSteps);
    return accountId;
  }

  /** The mode is fixed for the life of the session. Rejects with `unavailable` when the device moved away from the user's account. */
  logIn(sessionId: string, user: SessionUser, at: Date): Session {
    if (this.requireReadyForLogIn() !== user.accountId) throw new DeviceChangedError();
    this.endSession('logged_in_again', at);
    const number = this.#state.lastSessionNumber + 1;
    const session: Session = { id: sessionId, number, mode: user.mode, userId: user.userId, openedAt: at };
    this.#state = { ...this.#state, session, lastSessionNumber: number };
    this.record({ type: 'DeviceLoggedIn', at, device: this.#state, session });
    return session;
  }

  /** Ends this very session; one that is over already stays over. */
  logOut(sessionId: string, at: Date): void {
    if (this.#state.session?.id === sessionId) this.endSession('logged_out', at);
  }

  /** Rejects with `device_forbidden`, and with `session_ended` unless it is the open one. */
  requireOpen(sessionId: string): Session {
    this.requireAllowed();
    const { session } = this.#state;
    if (session?.id !== sessionId) throw new SessionEndedError();
    return session;
  }

  /** Ends the session of this number or of a lower one, and no later one. */
  endSessionUpTo(number: number, reason: SessionEndReason, at: Date): void {
    const { session } = this.#state;
    if (session && session.number <= number) this.endSession(reason, at);
  }

  endSession(reason: SessionEndReason, at: Date): void {
    const ended = this.#state.session;
    if (!ended) return;
    this.#state = { ...this.#state, session: null };
    this.record({ type: 'DeviceSessionEnded', at, device: this.#state, ended, reason });
  }

  private requireAllowed(): void {
    if (this.#state.retired) throw new DeviceForbiddenError('retired');
    if (this.#state.locked) throw new DeviceForbiddenError('locked');
  }

  private setUp(done: Partial<DeviceState>, at: Date): void {
    const before = this.missingSteps.length;
    this.#state = { ...this.#state, ...done };
    if (before > 0 && this.missingSteps.length === 0) this.record({ type: 'DeviceSetUp', at, device: this.#state });
  }
}
