import type { Acquirer } from './acquirer/acquirer.js';
import type { TerminalIdentity } from './first-set-up.js';
import type { Journal } from './payments/journal.js';
import type { SocketFactory } from './platform/link.js';
import type { DeviceClock } from './platform/server-clock.js';
import type { TerminalStore } from './terminal-store.js';

export interface Health {
  readonly battery: number | null;
  readonly network: string | null;
}

export interface TerminalOptions extends TerminalIdentity {
  /** The platform's address, without a path. */
  readonly url: string;
  readonly store: TerminalStore;
  readonly journal: Journal;
  readonly acquirer: Acquirer;
  readonly socket: SocketFactory;
  readonly random?: () => number;
  /** Calls of the platform over HTTPS; `fetch` unless another one is given. */
  readonly fetch?: typeof fetch;
  /** The device's own clock; the runtime's unless another one is given. */
  readonly clock?: DeviceClock;
  /** What the terminal says of itself with each heartbeat. `battery`: percent. */
  readonly health?: () => Health;
  /** How long a payment's end stays on the screen; 2 s unless it is said. */
  readonly endShownMs?: number;
}
