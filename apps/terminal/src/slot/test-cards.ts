import { type Authorisation, type CardData, declineByCents, testCards } from '#terminal-sdk';

export const declineReasons = [
  ...(['do_not_honor', 'incorrect_pin', 'expired_card', 'over_limit'] as const),
  ...(['pick_up_card', 'refer_to_issuer', 'service_not_allowed', 'amount_error'] as const),
] as const;
export type CardDecline = (typeof declineReasons)[number];

/** `slow`: its bank takes its time. `unreadable`: no reader reads it. */
export type Behaviour = 'approves' | 'slow' | 'unreadable' | CardDecline;

export interface TestCard {
  readonly id: string;
  readonly brand: 'Visa' | 'Mastercard' | 'Interac';
  readonly card: CardData;
  readonly behaviour: Behaviour;
}

const declining = (reason: CardDecline, index: number): TestCard => ({
  id: reason,
  brand: 'Visa',
  card: { ...testCards.visa, lastFour: `005${index + 1}`, token: `tok_test_${reason}` },
  behaviour: reason,
});

const slowCard = { ...testCards.mastercard, lastFour: '0077', token: 'tok_test_slow' };

/** What lies beside the terminal. The first three pay; the cents of the amount may still decline them. */
export const wallet: readonly [TestCard, ...TestCard[]] = [
  { id: 'visa', brand: 'Visa', card: testCards.visa, behaviour: 'approves' },
  { id: 'mastercard', brand: 'Mastercard', card: testCards.mastercard, behaviour: 'approves' },
  { id: 'interac', brand: 'Interac', card: testCards.interac, behaviour: 'approves' },
  { id: 'slow', brand: 'Mastercard', card: slowCard, behaviour: 'slow' },
  { id: 'unreadable', brand: 'Visa', card: testCards.visa, behaviour: 'unreadable' },
  ...declineReasons.map(declining),
];

export const isSlow = ({ token }: CardData): boolean => token === slowCard.token;

/** Why the test acquirer declines: because of the card, or because of the cents of the amount. */
export function declineOf(authorisation: Authorisation): string | null {
  const byCard = declineReasons.find((reason) => authorisation.card.token === `tok_test_${reason}`);
  return byCard ?? declineByCents(authorisation);
}
