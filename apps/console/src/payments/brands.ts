/** The card types of the published API. */
const brands: Readonly<Record<string, string>> = {
  VI: 'Visa',
  MC: 'Mastercard',
  AX: 'American Express',
  DI: 'Discover',
  DCI: 'Diners Club',
  UP: 'UnionPay',
  IN: 'Interac',
  DB: 'Debit',
};

export const brandOf = (cardType: string): string => brands[cardType] ?? cardType;
