import type { ScreenName } from '../device/screen.js';

const most = 8;

/** What the address of the page asks for. */
export interface Address {
  /** How many terminals stand side by side. */
  readonly count: number;
  /** The first of them; null: the address leaves it open. */
  readonly first: number | null;
  /** Filled in where a terminal asks for its account; empty: none. */
  readonly setUpCode: string;
  /** Of the first terminal. */
  readonly opensOptions: boolean;
}

export function addressOf({ search, hash }: Pick<Location, 'search' | 'hash'>): Address {
  const asked = new URLSearchParams(search);
  const count = Math.trunc(Number(asked.get('count') ?? 1));
  const first = asked.get('terminal') ?? '';
  return {
    count: Number.isFinite(count) ? Math.min(most, Math.max(1, count)) : 1,
    first: /^[1-9]\d{0,2}$/.test(first) ? Number(first) : null,
    setUpCode: asked.get('setupCode') ?? '',
    opensOptions: hash === '#options',
  };
}

/** The same, with the terminal that it is about from now on. */
export function queryOf(search: string, first: number): string {
  const asked = new URLSearchParams(search);
  asked.set('terminal', String(first));
  return `?${asked.toString()}`;
}

/** With several terminals, the fragment says which one it is about: `#2-ready`. */
export const fragmentOf = (count: number, number: number, name: ScreenName): string =>
  count === 1 ? `#${name}` : `#${number}-${name}`;
