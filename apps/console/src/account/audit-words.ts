import type { AuditEntry } from '../api/account.js';

const words: Readonly<Record<string, string>> = {
  'account.opened': 'opened the account',
  'api_mode.changed': 'switched API mode',
  'settings.changed': 'changed the settings',
  'user.added': 'added a user',
  'user.deactivated': 'ended the access of a user',
  'api_access.created': 'made an API access',
  'api_access.revoked': 'revoked an API access',
  'device.locked': 'locked a terminal',
  'device.unlocked': 'unlocked a terminal',
  'device.retired': 'retired a terminal',
  'device.renamed': 'named a terminal',
  'device.unpaired': 'took the code of a terminal away',
};

export const actionWords = ({ action }: AuditEntry): string => words[action] ?? action;

/** The facts in one line: `enabled: true, name: Till`. */
export const factsLine = ({ facts }: AuditEntry): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(', ');
