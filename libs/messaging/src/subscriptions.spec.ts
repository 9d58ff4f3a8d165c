import { describe, expect, it } from '@jest/globals';
import type { MessageHandler } from '@nestjs/microservices';
import { subscriptionsOf } from './subscriptions.js';

const handler = (next?: MessageHandler): MessageHandler =>
  Object.assign(() => Promise.resolve(undefined as never), next ? { next } : {});
const key = (event: string, subscriber: string): string => JSON.stringify({ event, subscriber });

describe('subscriptionsOf', () => {
  it('gathers the reactions of each subscriber', () => {
    const subscriptions = subscriptionsOf(
      new Map([
        [key('DeviceLocked', 'pairing'), handler()],
        [key('DeviceRetired', 'pairing'), handler()],
        [key('DeviceLocked', 'payment-routing'), handler()],
      ]),
    );
    expect([...subscriptions].map(([subscriber, reactions]) => [subscriber, [...reactions.keys()]])).toEqual([
      ['pairing', ['DeviceLocked', 'DeviceRetired']],
      ['payment-routing', ['DeviceLocked']],
    ]);
  });

  it('refuses two reactions of one subscriber to one event', () => {
    expect(() => subscriptionsOf(new Map([[key('DeviceLocked', 'pairing'), handler(handler())]]))).toThrow(
      'pairing reacts to DeviceLocked in two places',
    );
  });

  it('refuses a name that could not be a queue of ours', () => {
    expect(() => subscriptionsOf(new Map([[key('DeviceLocked', 'pairing.dead'), handler()]]))).toThrow();
  });
});
