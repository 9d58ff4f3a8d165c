import type { DoneBy } from '#kernel';
import type { Connection, Presence } from './presence.js';

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
  /** The highest session number heard of; 0: none. */
  readonly lastSessionNumber: number;
  /** Sessions up to this number belong to a pairing that is over, and earn no code. */
  readonly unpairedSessionNumber: number;
  readonly name: string | null;
  readonly location: string | null;
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
  | {
      readonly type: 'DeviceRenamed';
      readonly name: string | null;
      readonly location: string | null;
      readonly by: DoneBy;
    }
  | { readonly type: 'DeviceUnpaired'; readonly sessionNumber: number; readonly by: DoneBy | null }
);
