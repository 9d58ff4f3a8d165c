import { AggregateRoot, type Currency, InvalidFieldError } from '#kernel';
import { type AccountSettings, changedSettings, defaultSettings } from './account-settings.js';
import type { Actor } from './actor.js';
import { oneOf } from './permissions.js';
import { checkedName, checkedTimeZone } from './texts.js';

export const countries = ['CA', 'US'] as const;
export type Country = (typeof countries)[number];

const currencyOf: Readonly<Record<Country, Currency>> = { CA: 'CAD', US: 'USD' };

export interface ApiMode {
  readonly enabled: boolean;
  /** Both null until it is switched for the first time. */
  readonly changedAt: Date | null;
  readonly changedBy: string | null;
}

export interface AccountState {
  readonly name: string;
  readonly country: Country;
  readonly currency: Currency;
  readonly settings: AccountSettings;
  readonly openedAt: Date;
  readonly apiMode: ApiMode;
}

export type AccountEvent =
  | { readonly type: 'AccountOpened'; readonly at: Date; readonly account: AccountState }
  | { readonly type: 'ApiModeChanged'; readonly at: Date; readonly enabled: boolean; readonly changedBy: string }
  | { readonly type: 'AccountSettingsChanged'; readonly at: Date; readonly settings: AccountSettings };

export interface NewAccount {
  readonly name: string;
  readonly country: Country;
  /** The core currency; the country's own when left out. */
  readonly currency?: Currency;
  readonly timeZone?: string;
}

/** A merchant. API mode is off at first. */
export class Account extends AggregateRoot<AccountEvent> {
  #state: AccountState;

  private constructor(id: string, state: AccountState, version: number, sequence: number) {
    super(id, version, sequence);
    this.#state = state;
  }

  static open(id: string, wanted: NewAccount, at: Date): Account {
    const country = oneOf(countries, wanted.country, 'country');
    const state: AccountState = {
      name: checkedName(wanted.name),
      country,
      currency: checkedCurrency(wanted.currency ?? currencyOf[country]),
      settings: { ...defaultSettings, timeZone: checkedTimeZone(wanted.timeZone ?? 'America/Edmonton') },
      openedAt: at,
      apiMode: { enabled: false, changedAt: null, changedBy: null },
    };
    const account = new Account(id, state, 0, 0);
    account.record({ type: 'AccountOpened', at, account: state });
    return account;
  }

  static restore(id: string, state: AccountState, version: number, sequence: number): Account {
    return new Account(id, state, version, sequence);
  }

  get state(): AccountState {
    return this.#state;
  }

  /** Switching to what is already so changes nothing, neither who nor when. */
  switchApiMode(enabled: boolean, by: Actor, at: Date): void {
    if (enabled === this.#state.apiMode.enabled) return;
    this.#state = { ...this.#state, apiMode: { enabled, changedAt: at, changedBy: by.id } };
    this.record({ type: 'ApiModeChanged', at, enabled, changedBy: by.id });
  }

  /** Rejects with `invalid_field`. A change to what is already so is none. */
  changeSettings(change: Partial<AccountSettings>, at: Date): void {
    const settings = changedSettings(this.#state.settings, change);
    if (JSON.stringify(settings) === JSON.stringify(this.#state.settings)) return;
    this.#state = { ...this.#state, settings };
    this.record({ type: 'AccountSettingsChanged', at, settings });
  }
}

function checkedCurrency(currency: Currency): Currency {
  if (!Object.values(currencyOf).includes(currency)) throw new InvalidFieldError('currency', 'must be one of CAD, USD');
  return currency;
}
