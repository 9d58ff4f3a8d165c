import type { SetUpStep } from './platform/platform-client.js';
import type { PaymentRequest, PaymentResult } from './payments/journal.js';

export type Screen =
  | 'starting'
  | 'setup'
  | 'log_in'
  | 'standalone'
  | 'registering'
  | 'code'
  | 'ready'
  | 'offline'
  | 'payment'
  | 'processing'
  | 'approved'
  | 'declined'
  | 'failed'
  | 'cancelled'
  | 'timed_out'
  | 'logged_out'
  | 'locked'
  | 'retired'
  | 'update_required'
  | 'out_of_order';

/** All that a screen needs to draw itself; a new object with every change. */
export interface TerminalState {
  readonly screen: Screen;
  readonly serialNumber: string;
  readonly missingSteps: readonly SetUpStep[];
  readonly mode: 'api' | 'standalone' | null;
  readonly accountName: string | null;
  /** What the merchant calls this terminal. */
  readonly deviceName: string | null;
  readonly userName: string | null;
  /** Shown as long as the terminal is in API mode. */
  readonly code: string | null;
  readonly continued: boolean;
  /** "Ready to take payment" is shown only while this is true. */
  readonly listening: boolean;
  readonly connected: boolean;
  /** Milliseconds since 1970 of the next attempt to connect; null: none is planned. */
  readonly nextAttemptAt: number | null;
  readonly ping: { readonly pingId: string; readonly message: string } | null;
  /** A text that the point of sale shows while the terminal is idle. */
  readonly message: string | null;
  readonly payment: PaymentRequest | null;
  /** Cards that were presented for the payment on the screen and did not start. */
  readonly attempts: number;
  readonly outcome: { readonly paymentId: string; readonly result: PaymentResult } | null;
  /** A payment that was taken from the screen before a card was charged; null again after a moment. */
  readonly ended: PaymentEnd | null;
}

export interface PaymentEnd {
  readonly paymentId: string;
  readonly how: 'cancelled' | 'timed_out';
  /** Of a cancelled one. `platform`: the point of sale, or whoever may there. */
  readonly by: 'customer' | 'staff' | 'platform' | null;
}

/** What the terminal knows beside what is on the screen. */
export interface Facts extends Omit<TerminalState, 'screen'> {
  readonly started: boolean;
  readonly session: 'none' | 'open' | 'ended';
  /** `storage`: the journal could not be written. */
  readonly stopped: keyof typeof stoppedScreens | null;
  readonly processing: boolean;
}

const stoppedScreens = {
  forbidden: 'locked',
  retired: 'retired',
  update_required: 'update_required',
  storage: 'out_of_order',
} as const;

/** The one place that decides what is on the screen. Money comes first: a payment is never hidden by a lost link. */
export function screenOf(facts: Facts): Screen {
  if (!facts.started) return 'starting';
  if (facts.processing) return 'processing';
  if (facts.payment) return 'payment';
  if (facts.stopped) return stoppedScreens[facts.stopped];
  if (facts.missingSteps.length > 0) return 'setup';
  if (facts.session === 'ended') return 'logged_out';
  if (facts.session === 'none') return 'log_in';
  if (facts.mode === 'standalone') return 'standalone';
  return connectedScreen(facts);
}

function connectedScreen({ code, connected, outcome, ended, continued, listening }: Facts): Screen {
  if (code === null) return 'registering';
  if (outcome) return outcome.result.outcome;
  if (ended) return ended.how;
  if (!connected) return 'offline';
  return continued && listening ? 'ready' : 'code';
}
