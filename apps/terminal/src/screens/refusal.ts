import { PlatformRefusal } from '#terminal-sdk';
import type { RefusalCode, Texts } from '../texts/texts.js';

/** Why the platform did not do what was asked, in words for people. */
export const refusalText = (texts: Texts, error: unknown): string => texts.refusals[refusalCode(texts, error)];

function refusalCode(texts: Texts, error: unknown): RefusalCode {
  if (!(error instanceof PlatformRefusal)) return 'no_network';
  const code = error.code === 'device_forbidden' ? forbiddenBy(error) : error.code;
  return code in texts.refusals ? (code as RefusalCode) : 'unknown';
}

const forbiddenBy = ({ details }: PlatformRefusal): RefusalCode =>
  details.reason === 'retired' ? 'retired' : 'locked';

/** When logging in is possible again, in milliseconds since 1970; null: at once. */
export function lockedOutUntil(error: unknown): number | null {
  if (!(error instanceof PlatformRefusal) || error.code !== 'locked_out') return null;
  const { retryAfterSeconds } = error.details;
  const seconds = error.retryAfterSeconds ?? (typeof retryAfterSeconds === 'number' ? retryAfterSeconds : 60);
  return Date.now() + seconds * 1000;
}
