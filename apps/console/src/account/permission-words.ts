import type { Level, Permissions, Processing } from '../api/session.js';

/** Each level of an axis by its name, and what it allows, in a sentence. */
type Levels<Key extends string> = Readonly<Record<Key, readonly [name: string, meaning: string]>>;

export const generalLevels: Levels<Level> = {
  none: ['None', 'No devices or events. Payments only if Processing allows purchases.'],
  read: ['Read', 'Payments, card transactions, devices and events.'],
  write: ['Write', 'The same as Read for now.'],
};

export const settingsLevels: Levels<Level> = {
  none: ['None', 'No settings, and no list of devices.'],
  read: ['Read', 'Settings and webhooks, and devices if General is Read.'],
  write: ['Write', 'Change settings, webhooks and API mode; lock, unpair and retire devices.'],
};

export const processingLevels: Levels<Processing> = {
  none: ['None', 'No payment can be started.'],
  auth: ['Pre-authorisations', 'Reserved for future use.'],
  positive_transaction: ['Purchases', 'Start and cancel purchases, show messages.'],
  admin: ['Everything', 'Refunds too, and settling unknown payments.'],
};

const short: Readonly<Record<string, string>> = { positive_transaction: 'purchases', admin: 'everything' };

export const inShort = ({ general, settings, processing }: Permissions): string =>
  `General ${general} · Settings ${settings} · Processing ${short[processing] ?? processing}`;

export const choicesOf = <Key extends string>(levels: Levels<Key>) =>
  (Object.entries(levels) as [Key, Levels<Key>[Key]][]).map(([value, [label]]) => ({ value, label }));
