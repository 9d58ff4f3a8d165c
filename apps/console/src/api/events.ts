import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from './client.js';

/** Everything that the log may say, with what it means. */
export const eventTypes = {
  cardTransaction: 'A card was charged, given back or declined (published shape)',
  terminalCancel: 'A payment ended without a card (published shape)',
  'payment.requested': 'A point of sale asked for a payment',
  'payment.shown': 'The prompt is on the terminal',
  'payment.processing': 'A card is being charged',
  'payment.resumed': 'A terminal that fell silent is back in the middle of a payment',
  'payment.approved': 'The customer paid, or was given back',
  'payment.declined': 'The card network said no',
  'payment.cancelled': 'Cancelled by the point of sale, the customer or the staff',
  'payment.not_delivered': 'The terminal did not show it in time',
  'payment.abandoned': 'Nobody presented a card in time',
  'payment.failed': 'The terminal had a fault; nothing was charged',
  'payment.unknown': 'The terminal fell silent while a card was charged',
  'payment.conflict': 'A terminal reported another end than the one that counts',
  'device.registered': 'A terminal got its code',
  'device.online': 'A terminal connected',
  'device.offline': 'A terminal lost its connection',
  'device.locked': 'A terminal was locked',
  'device.unlocked': 'A terminal was unlocked',
  'device.retired': 'A terminal was taken out of service',
  'device.unpaired': 'A terminal lost its code',
  'api_mode.changed': 'API mode was turned on or off',
  'webhook.disabled': 'An endpoint was given up',
} as const;
export type EventType = keyof typeof eventTypes;

export const everyEventType = Object.keys(eventTypes) as readonly EventType[];

export interface LogEvent {
  readonly id: string;
  readonly type: EventType;
  readonly sequence: number;
  readonly occurredAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface EventPage {
  readonly data: readonly LogEvent[];
  /** Where to read on, back; 1: at the oldest that is kept. */
  readonly next: number;
}

const pageSize = 100;
/** Beyond the end of any log. */
const beyond = Number.MAX_SAFE_INTEGER;

const conflictsShown = 20;

/** Terminals that reported another end than the one that counts, the newest first. */
export const conflictsQuery = queryOptions({
  queryKey: ['conflicts'],
  queryFn: ({ signal }) => {
    const asked = `before=${beyond}&limit=${conflictsShown}&types=payment.conflict`;
    return call<EventPage>('GET', `/v2/events?${asked}`, { signal });
  },
});

/** The newest first, from `upTo` back; null: from the newest that there is. */
export const eventsQuery = (types: readonly string[], upTo: number | null) =>
  infiniteQueryOptions({
    queryKey: ['events', types, upTo],
    queryFn: ({ pageParam, signal }) => {
      const chosen = types.length === 0 ? '' : `&types=${types.join(',')}`;
      return call<EventPage>('GET', `/v2/events?before=${pageParam}&limit=${pageSize}${chosen}`, { signal });
    },
    initialPageParam: upTo === null ? beyond : upTo + 1,
    getNextPageParam: ({ next }: EventPage) => (next > 1 ? next : null),
  });
