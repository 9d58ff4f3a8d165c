import type { AuditEntry } from '../api/account.js';
import { inShort } from './permission-words.js';

type Facts = AuditEntry['facts'];

/** Which one, where the entry says it: those of older versions do not. */
const named = (what: string, ...facts: readonly unknown[]): string =>
  [what, ...facts.filter((fact) => typeof fact === 'string' && fact !== '')].join(' ');

/** What was done, told after the name of who did it. */
const words: Readonly<Record<string, (facts: Facts) => string>> = {
  'account.opened': () => 'opened the account',
  'api_mode.changed': ({ enabled }) => (enabled === true ? 'turned API mode on' : 'turned API mode off'),
  'settings.changed': () => 'changed the settings',
  'user.added': ({ name }) => named('added the user', name),
  'user.changed': ({ name }) => named('changed the user', name),
  'user.deactivated': ({ name }) => named('ended the access of', name ?? 'a user'),
  'api_access.created': ({ name }) => named('made the API access', name),
  'api_access.revoked': ({ name }) => named('revoked the API access', name),
  'device.locked': ({ serialNumber }) => named('locked the terminal', serialNumber),
  'device.unlocked': ({ serialNumber }) => named('unlocked the terminal', serialNumber),
  'device.retired': ({ serialNumber }) => named('retired the terminal', serialNumber),
  'device.renamed': ({ code }) => named('named the terminal', code),
  'device.unpaired': ({ code }) => named('took away the code', code),
  'setup_code.created': () => 'made a set-up code for a terminal',
  'webhook.created': ({ host }) => named('added a webhook at', host),
  'webhook.changed': ({ host }) => named('changed the webhook at', host),
  'webhook.removed': ({ host }) => named('removed the webhook at', host),
  'webhook.secret_rotated': ({ host }) => named('made a new secret for the webhook at', host),
  'payment.resolved': ({ outcome }) => named('settled an unknown payment as', outcome),
};

export const actionWords = ({ action, facts }: AuditEntry): string => words[action]?.(facts) ?? action;

/** What an action leaves behind, where that is not in its name already. */
const details: Readonly<Record<string, (facts: Facts) => readonly string[]>> = {
  'account.opened': ({ country, currency }) => [`country ${textOf(country)}`, `currency ${textOf(currency)}`],
  // What did not change is left out.
  'settings.changed': ({ timeZone, deliverWithin, payWithin, tipping, retentionDays }) => [
    timeZone === undefined ? '' : `time zone ${textOf(timeZone)}`,
    deliverWithin === undefined ? '' : `deliver within ${textOf(deliverWithin)} s`,
    payWithin === undefined ? '' : `pay within ${textOf(payWithin)} s`,
    tipsOf(tipping),
    retentionDays === undefined ? '' : `events kept for ${textOf(retentionDays)} days`,
  ],
  'user.added': ({ role }) => [`as ${textOf(role)}`],
  'user.changed': ({ changed, role }) =>
    Array.isArray(changed) ? changed.map((field) => changedWords(field, role)) : [],
  'api_access.created': (facts) => [inShort(facts as unknown as Parameters<typeof inShort>[0])],
  'device.renamed': ({ name, location }) => [textOf(name), textOf(location)],
  'payment.resolved': ({ reason }) => [textOf(reason)],
};

const tipsOf = (tipping: unknown): string => {
  if (!Array.isArray(tipping)) return '';
  return tipping.length === 0 ? 'no tips' : `tips ${tipping.map((share) => `${textOf(share)}%`).join(', ')}`;
};

const changedWords = (field: unknown, role: unknown): string =>
  field === 'role'
    ? `now ${textOf(role)}`
    : `new ${{ email: 'e-mail address', pin: 'PIN' }[textOf(field)] ?? textOf(field)}`;

export const detailsOf = ({ action, facts }: AuditEntry): string =>
  (details[action]?.(facts) ?? []).filter((text) => text !== '').join(' · ');

const textOf = (fact: unknown): string => (typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '');
