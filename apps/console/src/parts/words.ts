import { useSession } from '../api/session.js';

/** How money and times are written, in the account's currency and time zone. */
export interface Words {
  readonly money: (amount: number, currency?: string) => string;
  /** `Nov 23, 10:15:02`, of another year with the year. */
  readonly time: (iso: string) => string;
  /** `10:15:02` */
  readonly clock: (iso: string) => string;
  /** `4 min ago` */
  readonly ago: (iso: string) => string;
}

export function useWords(): Words {
  const { account } = useSession();
  const { locale, timeZone } = account;
  const inZone = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
    return (iso: string): string => format.format(new Date(iso));
  };
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const day = { month: 'short', day: 'numeric' } as const;
  const [yearOf, ofThisYear] = [inZone({ year: 'numeric' }), inZone({ ...day, ...clock })];
  const ofAnother = inZone({ year: 'numeric', ...day, ...clock });
  return {
    money: (amount, currency = account.currency) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount),
    time: (iso) => (yearOf(iso) === yearOf(new Date().toISOString()) ? ofThisYear(iso) : ofAnother(iso)),
    clock: inZone(clock),
    ago: (iso) => agoIn(locale, Date.now() - Date.parse(iso)),
  };
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function agoIn(locale: string, ms: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const [unit, size] = steps.find(([, one]) => ms >= one) ?? ['second', 1_000];
  return format.format(-Math.max(0, Math.floor(ms / size)), unit);
}
