import type { Faults, Stage } from '../slot/faults.js';
import type { Behaviour, CardDecline } from '../slot/test-cards.js';

/** A title and the sentence below it. */
export interface Said {
  readonly title: string;
  readonly text: string;
}

type Of<Name extends string, Value = string> = Readonly<Record<Name, Value>>;

export type RefusalCode =
  | 'invalid_credentials'
  | 'invalid_setup_code'
  | 'forbidden'
  | 'device_known'
  | 'app_update_required'
  | 'too_many_requests'
  | 'setup_required'
  | 'locked'
  | 'retired'
  | 'no_network'
  | 'unknown';

export type FaultName = Exclude<keyof Faults, 'cutAt'>;

/** Every word of the page. A new language is one more file of this shape, named in `language.ts`. */
export interface Texts {
  /** The name of the language, in itself. */
  readonly language: string;
  /** For numbers, amounts and times. */
  readonly locale: string;
  readonly page: { readonly title: string; readonly terminal: (number: number) => string };
  readonly actions: Of<
    | 'start'
    | 'tryAgain'
    | 'continue'
    | 'logIn'
    | 'logOut'
    | 'cancel'
    | 'back'
    | 'bind'
    | 'options'
    | 'switchOn'
    | 'restart'
    | 'reload'
  >;
  readonly keypad: Of<'name' | 'cancel' | 'clear' | 'enter'> & { readonly digit: (digit: string) => string };
  readonly status: Of<'connected' | 'offline' | 'standalone' | 'code'> & {
    readonly battery: (percent: number) => string;
  };
  readonly setUp: {
    readonly welcome: Said;
    readonly steps: Of<'network' | 'app' | 'account'>;
    readonly network: Said & { readonly done: string; readonly failed: string };
    readonly app: Said & { readonly version: (version: string) => string; readonly failed: string };
    readonly account: Said & Of<'byCode' | 'byPassword' | 'code' | 'codeHint' | 'email' | 'password' | 'binding'>;
  };
  readonly logIn: Of<'title' | 'pin' | 'wrongPin' | 'wrongPassword' | 'byPassword' | 'byPin' | 'checking'> & {
    readonly digits: (count: number) => string;
    readonly lockedOut: Said & { readonly wait: (time: string) => string };
  };
  readonly refusals: Of<RefusalCode>;
  readonly standalone: Said & Of<'how' | 'step1' | 'step2'>;
  readonly registering: Said;
  readonly code: Said & { readonly almost: string };
  readonly ready: Said & { readonly yourCode: string };
  readonly ping: { readonly title: string };
  readonly message: { readonly title: string };
  readonly offline: Said & { readonly next: (seconds: number) => string; readonly now: string };
  readonly payment: Of<
    | 'amount'
    | 'refund'
    | 'total'
    | 'tip'
    | 'tipTitle'
    | 'noTip'
    | 'otherTip'
    | 'otherAmount'
    | 'present'
    | 'tap'
    | 'insert'
    | 'swipe'
    | 'card'
    | 'reading'
    | 'unreadable'
    | 'notStarted'
    | 'noConnection'
    | 'pinTitle'
    | 'pinText'
  > & { readonly refundTo: (lastFour: string) => string };
  readonly behaviours: Of<Behaviour>;
  readonly processing: Said & Of<'inserted' | 'recovering'>;
  readonly ends: {
    readonly approved: string;
    readonly refunded: string;
    readonly approvalCode: (code: string) => string;
    readonly thanks: string;
    readonly removeCard: string;
    readonly declined: string;
    readonly nothing: Of<'purchase' | 'refund'>;
    readonly failed: Of<'purchase' | 'refund' | 'again'>;
    readonly cancelled: { readonly title: string } & Of<'customer' | 'staff' | 'platform'>;
    readonly timedOut: Said;
  };
  readonly declines: Of<CardDecline | 'different_card' | 'interrupted' | 'unknown'>;
  readonly options: Of<
    | 'title'
    | 'language'
    | 'code'
    | 'name'
    | 'account'
    | 'user'
    | 'serialNumber'
    | 'model'
    | 'appVersion'
    | 'link'
    | 'measuring'
    | 'payments'
    | 'noPayments'
    | 'logOutText'
    | 'logOutFailed'
  > & { readonly roundTrip: (ms: number) => string };
  /** What the journal says of a payment. */
  readonly stages: Of<Exclude<Stage, 'settled'> | 'notCharged' | 'approved' | 'declined' | 'failed'>;
  readonly loggedOut: Said;
  readonly locked: Said;
  readonly retired: Said;
  readonly updateRequired: Said;
  readonly outOfOrder: Said;
  readonly starting: Said;
  readonly off: Said;
  readonly elsewhere: Said;
  readonly unable: Said;
  readonly panel: Of<
    | 'title'
    | 'text'
    | 'link'
    | 'device'
    | 'power'
    | 'powerCut'
    | 'powerOn'
    | 'cutAt'
    | 'never'
    | 'newTerminal'
    | 'newTerminalSure'
    | 'yes'
    | 'no'
  > & {
    readonly faults: Of<FaultName>;
    readonly delay: (ms: number) => string;
    readonly skew: (minutes: number) => string;
    readonly moment: Of<'before' | 'after', (stage: string) => string>;
    readonly records: Of<Stage>;
  };
}
