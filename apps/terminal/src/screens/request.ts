import type { TerminalState } from '#terminal-sdk';

/** The payment that is on the screen. */
export type Request = NonNullable<TerminalState['payment']>;
