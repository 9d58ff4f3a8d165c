import { InvalidFieldError } from '#kernel';

/** A name for people: NFC, trimmed, 1 to 80 characters, no control characters. */
export function checkedName(text: string, field = 'name'): string {
  const name = text.normalize('NFC').trim();
  if (name === '' || name.length > 80) throw new InvalidFieldError(field, 'must have 1 to 80 characters');
  if (/[\p{Cc}\p{Cs}]/u.test(name)) throw new InvalidFieldError(field, 'must not have control characters');
  return name;
}

/** An e-mail address in the one form in which it is stored, compared and counted. */
export const canonicalEmail = (text: string): string => text.normalize('NFC').trim().toLowerCase();

export function checkedEmail(text: string): string {
  const email = canonicalEmail(text);
  if (email.length > 254 || !/^[^\s@\p{Cc}\p{Cs}]{1,64}@[^\s@\p{Cc}\p{Cs}]+$/u.test(email))
    throw new InvalidFieldError('email', 'must be an e-mail address');
  return email;
}

/** The same password typed on another keyboard may come in other code points. */
export const canonicalPassword = (text: string): string => text.normalize('NFKC');

export function checkedPassword(text: string): string {
  const password = canonicalPassword(text);
  if (password.length < 10 || password.length > 128)
    throw new InvalidFieldError('password', 'must have 10 to 128 characters');
  return password;
}

export function checkedPin(text: string): string {
  if (!/^\d{4,10}$/.test(text)) throw new InvalidFieldError('pin', 'must have 4 to 10 digits');
  return text;
}

export function checkedTimeZone(text: string): string {
  try {
    // Newer engines also take offsets, which PostgreSQL reads the other way round.
    if (/^[+-]/.test(text)) throw new RangeError('an offset is no time zone');
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidFieldError('timeZone', 'must be a time zone such as America/Edmonton');
  }
}
