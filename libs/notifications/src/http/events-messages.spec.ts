import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '../public-event.js';
import { wantedTypes } from './events.messages.js';
import { eventStream } from './event-stream.js';
import { lastEventId } from './last-event-id.js';

describe('wantedTypes', () => {
  it.each([undefined, ''])('is all of them when none is named: %j', (types) => {
    expect(wantedTypes(types)).toBeNull();
  });

  it('reads names separated by commas', () => {
    expect(wantedTypes('payment.approved, cardTransaction')).toEqual(['payment.approved', 'cardTransaction']);
  });

  it.each(['payment.paid', 'payment.approved,', ',', 'payment.approved,payment.paid', 'PAYMENT.APPROVED', '*'])(
    'refuses what is no type: %j',
    (types) => {
      expect(() => wantedTypes(types)).toThrow(/^types: must be one or several of cardTransaction, /);
    },
  );
});

describe('lastEventId', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0', 0],
    ['41', 41],
    ['999999999999999', 999_999_999_999_999],
  ])('reads %j as %j', (header, sequence) => {
    expect(lastEventId(header)).toBe(sequence);
  });

  it.each(['-1', '1.5', '1e3', '0x10', ' 1', '1, 2', 'abc', '1234567890123456', '٣'])('refuses %j', (header) => {
    expect(() => lastEventId(header)).toThrow(/last-event-id/);
  });
});

describe('the text of a stream', () => {
  const event = (sequence: number, data: PublicEvent['data']): PublicEvent => ({
    ...{ id: '01a2095d-5000-7408-83f0-e6b3f24488e8', type: 'payment.approved', sequence, data },
    occurredAt: new Date('2026-11-23T17:06:30.120Z'),
  });

  it('names each event by its sequence, and says of a page without any that the stream lives', async () => {
    async function* pages() {
      yield [event(1, { amount: 1 }), event(2, { amount: 2 })];
      yield await Promise.resolve([]);
    }
    const blocks = (await text(eventStream(pages()))).split('\n\n');
    expect(blocks).toHaveLength(5);
    expect(blocks[0]).toBe('retry: 1000');
    expect(blocks[2]).toMatch(/^id: 2\nevent: payment\.approved\ndata: \{"id":"01a2095d-.*"data":\{"amount":2\}\}$/);
    expect(blocks.slice(3)).toEqual([': alive', '']);
  });

  it('keeps an event on one line, whatever its text holds', async () => {
    async function* pages() {
      yield await Promise.resolve([event(1, { note: 'a\n\ndata: b\r\rid: 9' })]);
    }
    const [, block = ''] = (await text(eventStream(pages()))).split('\n\n');
    expect(block.split(/\r\n|\n|\r/)).toHaveLength(3);
  });
});
