import { type Session, useSession } from '../api/session.js';

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

type Account = Session['account'];

/** Formats are dear to make, and every row of a list writes with them: each account's are made once. */
const made = new WeakMap<Account, Words>();

export function useWords(): Words {
  const { account } = useSession();
  const words = made.get(account) ?? wordsOf(account);
  made.set(account, words);
  return words;
}

function wordsOf({ locale, timeZone, currency: own }: Account): Words {
  const inZone = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
    return (iso: string): string => format.format(new Date(iso));
  };
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const day = { month: 'short', day: 'numeric' } as const;
  const [yearOf, ofThisYear] = [inZone({ year: 'numeric' }), inZone({ ...day, ...clock })];
  const ofAnother = inZone({ year: 'numeric', ...day, ...clock });
  const moneyIn = (currency: string) => new Intl.NumberFormat(locale, { style: 'currency', currency });
  const ownMoney = moneyIn(own);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return {
    money: (amount, currency = own) => (currency === own ? ownMoney : moneyIn(currency)).format(amount),
    time: (iso) => (yearOf(iso) === yearOf(new Date().toISOString()) ? ofThisYear(iso) : ofAnother(iso)),
    clock: inZone(clock),
    ago: (iso) => agoIn(relative, Date.now() - Date.parse(iso)),
  };
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function agoIn(format: Intl.RelativeTimeFormat, ms: number): string {
  const [unit, size] = steps.find(([, one]) => ms >= one) ?? ['second', 1_000];
  return format.format(-Math.max(0, Math.floor(ms / size)), unit);
}
