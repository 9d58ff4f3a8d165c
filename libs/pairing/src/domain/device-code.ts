/** Neither 0 O 1 I L, which look alike, nor vowels, which make words. */
export const codeAlphabet = '23456789BCDFGHJKMNPQRSTVWXYZ';
export const codeLength = 4;

/** A random device code; `random(n)` gives a whole number from 0 to below n. */
export function randomCode(random: (below: number) => number, alphabet: string = codeAlphabet): string {
  return Array.from({ length: codeLength }, () => alphabet.charAt(random(alphabet.length))).join('');
}
