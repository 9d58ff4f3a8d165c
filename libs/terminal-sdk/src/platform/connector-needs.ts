import type { PlatformFrame } from '#terminal-protocol';
import type { Health } from '../terminal-options.js';
import type { SocketFactory } from './link.js';
import type { Forbidden } from './token-renewal.js';

/** What the terminal gives its connector. */
export interface ConnectorNeeds {
  readonly appVersion: string;
  readonly socket: SocketFactory;
  readonly random: () => number;
  /** Milliseconds of server time. */
  readonly now: () => number;
  /** What is on the screen while the link is up. */
  readonly screenWhenConnected: () => string;
  readonly health: () => Health;
  readonly frame: (frame: PlatformFrame) => void;
  readonly changed: (change: {
    connected?: boolean;
    nextAttemptAt?: number | null;
    stopped?: Forbidden | 'update_required' | null;
    listening?: false;
  }) => void;
  /** The next connect's number, kept before it is used. */
  readonly nextSequence: () => Promise<number>;
}
