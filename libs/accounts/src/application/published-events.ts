import {
  AccountOpened,
  AccountSettingsChanged,
  ApiAccessRevoked,
  ApiModeChanged,
  type DomainEvent,
  eventOf,
  UserDeactivated,
} from '#contracts';
import { newId, type Recorded } from '#kernel';
import type { AccountEvent } from '../domain/account.js';
import type { ApiAccessRevokedFact } from '../domain/api-access.js';
import type { UserDeactivatedFact } from '../domain/user.js';

type AccountsEvent = AccountEvent | UserDeactivatedFact | ApiAccessRevokedFact;

/** The only door out of this context: what its aggregates recorded, in the words of the contracts. */
export function publishedEvents(
  aggregateId: string,
  accountId: string,
  recorded: readonly Recorded<AccountsEvent>[],
): DomainEvent[] {
  return recorded.map(({ sequence, event }) => {
    const facts = { id: newId(), aggregateId, sequence, accountId, occurredAt: event.at };
    switch (event.type) {
      case 'AccountOpened': {
        const { name, country, currency, settings } = event.account;
        const { timeZone } = settings;
        return eventOf(AccountOpened, { ...facts, data: { accountId, name, country, currency, timeZone } });
      }
      case 'ApiModeChanged': {
        const { enabled, changedBy } = event;
        return eventOf(ApiModeChanged, {
          ...facts,
          data: { accountId, enabled, changedAt: event.at.toISOString(), changedBy },
        });
      }
      case 'AccountSettingsChanged': {
        const { percentages = [] } = event.settings.tipping ?? {};
        const tipping = event.settings.tipping && { percentages: [...percentages] };
        return eventOf(AccountSettingsChanged, { ...facts, data: { accountId, ...event.settings, tipping } });
      }
      case 'UserDeactivated':
        return eventOf(UserDeactivated, { ...facts, data: { accountId, userId: aggregateId } });
      case 'ApiAccessRevoked':
        return eventOf(ApiAccessRevoked, { ...facts, data: { accountId, apiAccessId: aggregateId } });
    }
  });
}
