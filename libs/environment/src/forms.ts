import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** Fails where the text has not the form, with a message that begins after the name of the variable. */
export const Is = (form: (text: string) => boolean, message: string): PropertyDecorator =>
  ValidateBy({ name: 'form', validator: { validate: (value) => form(String(value)) } }, { message });

/** Scheme and host, with a port or without: nothing before the host and nothing after it. */
export const isOwnUrl = (...schemes: readonly string[]) => {
  const form = new RegExp(`^(${schemes.join('|')})://[^/?#@\\s]+/?$`);
  return (text: string): boolean => form.test(text) && URL.canParse(text);
};

/** A service's URL, which may carry a user, a password and a path. */
export const isServiceUrl = (...schemes: readonly string[]) => {
  const form = new RegExp(`^(${schemes.join('|')})://.+$`);
  return (text: string): boolean => form.test(text) && URL.canParse(text) && isPercentEncoded(text);
};

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Without a zone (`fe80::1%eth0`), which no URL can carry. */
const isPlainIp = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

export const isHost = (text: string): boolean =>
  isPlainIp(text) || (/^[a-z0-9]([a-z0-9-.]*[a-z0-9])?$/i.test(text) && URL.canParse(`http://${text}`));

const proxyNames = new Set(['loopback', 'linklocal', 'uniquelocal']);

export function isProxy(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (proxyNames.has(text)) return true;
  const longest = isIP(address) === 4 ? 32 : 128;
  return isPlainIp(address) && rest.length === 0 && (prefix === undefined || isWhole(prefix, 1, longest));
}

const isWhole = (text: string, from: number, to: number): boolean =>
  /^\d{1,3}$/.test(text) && Number(text) >= from && Number(text) <= to;

export const isOrigin = (text: string): boolean =>
  /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** The parts of a comma-separated list. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

export const each =
  (form: (text: string) => boolean) =>
  (text: string): boolean =>
    listOf(text).every(form);

/** Digits only: what JavaScript takes for a number besides is a slip of the pen here. */
export const Whole = Transform(({ value }: { value: unknown }) =>
  /^\d{1,9}$/.test(String(value)) ? Number(value) : value,
);
