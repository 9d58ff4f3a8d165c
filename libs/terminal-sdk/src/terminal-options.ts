import type { Acquirer } from './acquirer/acquirer.js';
import type { TerminalIdentity } from './first-set-up.js';
import type { Journal } from './payments/journal.js';
import type { SocketFactory } from './platform/link.js';
import type { TerminalStore } from './terminal-store.js';

export interface TerminalOptions extends TerminalIdentity {
  /** The platform's address, without a path. */
  readonly url: string;
  readonly store: TerminalStore;
  readonly journal: Journal;
  readonly acquirer: Acquirer;
  readonly socket: SocketFactory;
  readonly random?: () => number;
}
