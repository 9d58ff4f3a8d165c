import { describe, expect, it } from '@jest/globals';
import { catalogue, envelope } from '#contracts';
import { newId } from '#kernel';
import { Account } from '../domain/account.js';
import { operator } from '../domain/actor.js';
import { publishedEvents } from './published-events.js';

describe('the events that accounts publishes', () => {
  it('have the shape of their contracts', () => {
    const at = new Date('2026-11-23T12:00:00.000Z');
    const account = Account.open(newId(), { name: 'Corner Café', country: 'CA' }, at);
    account.switchApiMode(true, operator, at);
    const ended = [{ type: 'UserDeactivated', at } as const, { type: 'ApiAccessRevoked', at } as const];
    const recorded = [...account.recorded, ...ended.map((event, n) => ({ sequence: n + 3, event }))];
    const events = publishedEvents(account.id, account.id, recorded);
    expect(events.map(({ name }) => name)).toEqual([
      'AccountOpened',
      'ApiModeChanged',
      'UserDeactivated',
      'ApiAccessRevoked',
    ]);
    for (const event of events) {
      expect(envelope.parse(event)).toEqual(event);
      expect(catalogue.get(event.name)?.data.parse(event.data)).toEqual(event.data);
    }
  });
});
