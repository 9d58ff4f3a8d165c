import { describe, expect, it } from '@jest/globals';
import { InvalidFieldError } from '#kernel';
import { Account, type NewAccount } from './account.js';
import { type Actor, operator } from './actor.js';

const at = new Date('2026-11-23T12:00:00.000Z');
const later = new Date('2026-11-23T13:00:00.000Z');
const administrator: Actor = { kind: 'user', id: 'olive', name: 'Olive', role: 'administrator' };
const anAccount = (wanted: Partial<NewAccount> = {}): Account =>
  Account.open('account-1', { name: 'Corner Café', country: 'CA', ...wanted }, at);

describe('Account', () => {
  it('opens with the currency of its country, the time of Edmonton, and API mode off', () => {
    const account = anAccount();
    expect(account.state).toMatchObject({
      currency: 'CAD',
      settings: { timeZone: 'America/Edmonton' },
      apiMode: { enabled: false },
    });
    expect(account.recorded.map(({ event }) => event.type)).toEqual(['AccountOpened']);
    expect(anAccount({ country: 'US' }).state.currency).toBe('USD');
    expect(anAccount({ country: 'CA', currency: 'USD' }).state.currency).toBe('USD');
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(81) }],
    ['name', { name: 'two\nlines' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['country', { country: 'XX' as 'CA' }],
    ['currency', { currency: 'EUR' as 'CAD' }],
  ])('refuses a wrong %s: %j', (field, wanted) => {
    expect(() => anAccount(wanted)).toThrow(InvalidFieldError);
    expect(() => anAccount(wanted)).toThrow(new RegExp(`^${field}: `));
  });

  it('keeps who switched API mode and when', () => {
    const account = anAccount();
    account.switchApiMode(true, administrator, later);
    expect(account.state.apiMode).toEqual({ enabled: true, changedAt: later, changedBy: 'olive' });
    expect(account.recorded.at(-1)).toEqual({
      sequence: 2,
      event: { type: 'ApiModeChanged', at: later, enabled: true, changedBy: 'olive' },
    });
  });

  it('records nothing when API mode already is what was asked for', () => {
    const account = anAccount();
    account.switchApiMode(false, administrator, later);
    account.switchApiMode(true, administrator, at);
    account.switchApiMode(true, operator, later);
    expect(account.recorded).toHaveLength(2);
    expect(account.state.apiMode.changedBy).toBe('olive');
  });

  it('goes on counting its events where it was left', () => {
    const account = Account.restore('account-1', anAccount().state, 3, 7);
    account.switchApiMode(true, operator, later);
    expect(account.recorded.map(({ sequence }) => sequence)).toEqual([8]);
    expect(account.version).toBe(3);
  });
});
