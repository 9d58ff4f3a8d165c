import { newId } from '#kernel';
import type { PlatformFrame } from '#terminal-protocol';
import type { Reply } from '../domain/device-message.js';
import type { Payment } from '../domain/payment.js';

/** The device waits no longer than this for a go-ahead, so a later one must not start anything. */
const startWithinMs = 10_000;

export function requestFrame({ id: paymentId, state }: Pick<Payment, 'id' | 'state'>): PlatformFrame {
  const { kind, amount, currency, description } = state;
  const tipping = state.tipping && { percentages: [...state.tipping.percentages] };
  const deadlines = { showBefore: state.showBefore.toISOString(), payBefore: state.payBefore.toISOString() };
  const original = state.original && { ...state.original };
  const what = { paymentId, kind, amount, currency, description, tipping, original };
  return { type: 'payment.request', id: newId(), ...what, ...deadlines };
}

/** What the platform answers to a message of the device; undefined: nothing. */
export function replyFrame(reply: Reply, payment: Payment, at: Date): PlatformFrame | undefined {
  const about = { id: newId(), paymentId: payment.id };
  const { status, attempt } = payment.state;
  switch (reply) {
    case null:
      return undefined;
    case 'withdraw':
      return { type: 'payment.withdraw', ...about, reason: status };
    case 'stop':
      return { type: 'payment.stop', ...about, reason: status };
    case 'settled':
      return { type: 'payment.settled', ...about };
    case 'proceed': {
      const startBefore = new Date(at.getTime() + startWithinMs).toISOString();
      const charge = { amount: payment.chargedAmount, authorisationKey: payment.authorisationKey };
      return { type: 'payment.proceed', ...about, attempt, ...charge, startBefore };
    }
  }
}
