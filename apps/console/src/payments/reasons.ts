/** What the platform's reason codes mean, in words. */
const words: Readonly<Record<string, string>> = {
  by_pos: 'by the point of sale',
  by_customer: 'by the customer',
  by_staff: 'by the staff',
  not_reached: 'the terminal could not be reached',
  not_shown: 'the terminal did not show it in time',
  device_busy: 'the terminal was busy with another payment',
  refused: 'the terminal refused it',
  insufficient_funds: 'insufficient funds',
  card_expired: 'the card has expired',
  different_card: 'another card than the one that paid',
  journal_lost: 'the terminal lost its journal',
  result_mismatch: 'the terminal reported another amount',
  silent: 'the terminal fell silent',
  interrupted: 'the power was cut before the card network answered',
  by_operator: 'settled by hand',
};

export const reasonWords = (reason: string): string => words[reason] ?? reason.replaceAll('_', ' ');
