/** What the platform's reason codes mean, in words. */
const words: Readonly<Record<string, string>> = {
  by_pos: 'by the point of sale',
  by_customer: 'by the customer',
  by_staff: 'by the staff',
  not_reached: 'the terminal could not be reached',
  not_shown: 'the terminal did not show it in time',
  device_busy: 'the terminal was busy with another payment',
  refused: 'the terminal refused it',
  different_card: 'another card than the one that paid',
  journal_lost: 'the terminal lost its journal',
  result_mismatch: 'the terminal reported another amount',
  device_silent: 'the terminal lost contact',
  not_started: 'the card step never began',
  not_known: 'the terminal does not know it',
  incorrect_pin: 'incorrect PIN',
  pick_up_card: 'the bank wants the card back',
  amount_error: 'the bank does not take this amount',
  expired_card: 'the card has expired',
  do_not_honor: 'the bank declined it',
  refer_to_issuer: 'the customer should call the bank',
  service_not_allowed: 'the card cannot be used for this',
  over_limit: 'over the card’s limit',
  interrupted: 'the power was cut before the card network answered',
  by_operator: 'settled manually',
};

export const reasonWords = (reason: string): string => words[reason] ?? reason.replaceAll('_', ' ');
