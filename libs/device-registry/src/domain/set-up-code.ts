/** Capital letters without vowels, which make words, and without Y, which is half a vowel. */
export const setUpCodeLetters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** How long a code may be used, in minutes. */
export const setUpCodeMinutes = 10;

/** A random set-up code; `random(n)` gives a whole number from 0 to below n. */
export const randomSetUpCode = (random: (below: number) => number): string =>
  Array.from({ length }, () => setUpCodeLetters.charAt(random(setUpCodeLetters.length))).join('');

/** As people read it out: `BCDF-GHJK`. */
export const readableSetUpCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** What was typed, without what people put between the letters. */
export const typedSetUpCode = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase();
