import type { DeviceKey } from './platform/device-key.js';
import type { LoggedIn, SetUpStep } from './platform/platform-client.js';

/** What a terminal keeps over a power cut, beside its key and its journal. */
export interface Saved {
  /** Steps of the first set-up that are still to do, as the platform said last. */
  readonly missingSteps: readonly SetUpStep[];
  /** The open session, with the newest token; null: logged out. */
  readonly session: LoggedIn | null;
  /** Counts the connects of the session; each connect takes the next number, also after a power cut. */
  readonly connectSequence: number;
}

export const nothingSaved: Saved = { missingSteps: ['network', 'app', 'account'], session: null, connectSequence: 0 };

export interface TerminalStore {
  /** The terminal's own key, made at the first call. */
  key(): Promise<DeviceKey>;
  load(): Promise<Saved>;
  save(saved: Saved): Promise<void>;
}
