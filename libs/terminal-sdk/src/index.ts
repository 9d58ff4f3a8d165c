export type { Acquirer, Authorisation } from './acquirer/acquirer.js';
export { type AnswerStore, declineByCents, MemoryAnswers, TestAcquirer } from './acquirer/test-acquirer.js';
export { testCards } from './acquirer/test-cards.js';
export { applyRecord, type HeldPayment, isOpen, isUnsettled } from './payments/held-payment.js';
export {
  type CardData,
  type EntryMode,
  type Journal,
  type JournalRecord,
  MemoryJournal,
  type PaymentRequest,
  type PaymentResult,
} from './payments/journal.js';
export type { Input } from './payments/payment-input.js';
export { openPayment, restore, step } from './payments/payment-rules.js';
export type { Action, Payments } from './payments/payment-work.js';
export { DeviceKey, type PublicJwk } from './platform/device-key.js';
export type { Socket, SocketFactory } from './platform/link.js';
export { type Credentials, PlatformRefusal, type SetUpStep } from './platform/platform-client.js';
export type { DeviceClock } from './platform/server-clock.js';
export type { Binding } from './first-set-up.js';
export { Terminal } from './terminal.js';
export type { Health, TerminalOptions } from './terminal-options.js';
export type { PaymentEnd, Screen, TerminalState } from './terminal-state.js';
export { nothingSaved, type Saved, type TerminalStore } from './terminal-store.js';
