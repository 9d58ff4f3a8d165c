import type { ScreenName } from '../device/screen.js';

const most = 8;

/** What the address of the page asks for. */
export interface Address {
  /** How many terminals stand side by side. */
  readonly count: number;
  /** Filled in where a terminal asks for its account; empty: none. */
  readonly setUpCode: string;
  /** Of the first terminal. */
  readonly opensOptions: boolean;
}

export function addressOf({ search, hash }: Pick<Location, 'search' | 'hash'>): Address {
  const asked = new URLSearchParams(search);
  const count = Math.trunc(Number(asked.get('count') ?? 1));
  return {
    count: Number.isFinite(count) ? Math.min(most, Math.max(1, count)) : 1,
    setUpCode: asked.get('setupCode') ?? '',
    opensOptions: hash === '#options',
  };
}

/** With several terminals, the fragment says which one it is about: `#2-ready`. */
export const fragmentOf = (count: number, number: number, name: ScreenName): string =>
  count === 1 ? `#${name}` : `#${number}-${name}`;
