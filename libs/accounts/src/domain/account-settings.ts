import { InvalidFieldError } from '#kernel';
import { checkedTimeZone } from './texts.js';

/** What a payment offers on top when it does not say so itself; null: nothing. */
export interface Tipping {
  readonly percentages: readonly number[];
}

/** What an account chose for its payments and its log. */
export interface AccountSettings {
  readonly timeZone: string;
  /** Seconds until a prompt must be shown, and then to present a card; a payment may name its own. */
  readonly deliverWithin: number;
  readonly payWithin: number;
  readonly tipping: Tipping | null;
  /** Days that events are kept. */
  readonly retentionDays: number;
}

const bounds = { deliverWithin: [2, 60], payWithin: [15, 300], retentionDays: [7, 730] } as const;
const mostPercentages = 5;

export const defaultSettings: Omit<AccountSettings, 'timeZone'> = {
  deliverWithin: 10,
  payWithin: 120,
  tipping: null,
  retentionDays: 90,
};

/** The settings with a change; what is left out stays. Rejects with `invalid_field`. */
export function changedSettings(settings: AccountSettings, change: Partial<AccountSettings>): AccountSettings {
  const { timeZone = settings.timeZone, tipping = settings.tipping } = change;
  return {
    timeZone: checkedTimeZone(timeZone),
    deliverWithin: within('deliverWithin', change.deliverWithin ?? settings.deliverWithin),
    payWithin: within('payWithin', change.payWithin ?? settings.payWithin),
    tipping: checkedTipping(tipping),
    retentionDays: within('retentionDays', change.retentionDays ?? settings.retentionDays),
  };
}

function within(field: keyof typeof bounds, value: number): number {
  const [least, most] = bounds[field];
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InvalidFieldError(field, `must be a whole number from ${least} to ${most}`);
  return value;
}

function checkedTipping(tipping: Tipping | null): Tipping | null {
  if (tipping === null) return null;
  const percentages: readonly unknown[] = Array.isArray(tipping.percentages) ? tipping.percentages : [];
  const known = percentages.filter(isPercentage);
  if (known.length !== percentages.length || known.length < 1 || known.length > mostPercentages)
    throw new InvalidFieldError('tipping', 'must be null, or have 1 to 5 percentages from 0 to 100');
  return { percentages: known };
}

const isPercentage = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;
