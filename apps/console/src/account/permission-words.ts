import type { Level, Permissions, Processing } from '../api/session.js';

/** What each level of each axis allows, in a sentence. */
export const generalLevels: Readonly<Record<Level, string>> = {
  none: 'None: no devices and events; payments only for who may take purchases',
  read: 'Read: payments, card transactions, devices and events',
  write: 'Write: the same as Read so far',
};

export const settingsLevels: Readonly<Record<Level, string>> = {
  none: 'None: no settings, and no list of devices',
  read: 'Read: settings and webhooks, and devices if General is Read',
  write: 'Write: change settings, webhooks and API mode; lock, unpair and retire devices',
};

export const processingLevels: Readonly<Record<Processing, string>> = {
  none: 'None: no payment can be started',
  auth: 'Auth: reserved for pre-authorisations',
  positive_transaction: 'Purchases: start and cancel them, show messages',
  admin: 'Everything: refunds too, and settling unknown payments',
};

const short: Readonly<Record<string, string>> = { positive_transaction: 'purchases', admin: 'everything' };

export const inShort = ({ general, settings, processing }: Permissions): string =>
  `General ${general} · Settings ${settings} · Processing ${short[processing] ?? processing}`;

export const choicesOf = <Key extends string>(levels: Readonly<Record<Key, string>>) =>
  (Object.entries(levels) as [Key, string][]).map(([value, label]) => ({ value, label }));
