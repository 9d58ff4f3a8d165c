import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { endWaits, untilGone } from './index.js';

class Answer extends EventEmitter {
  constructor(readonly closed: boolean) {
    super();
  }
}

const [server, other] = [createServer(), createServer()];
const replyTo = (closed: boolean, at = server, isStillAllowed = () => Promise.resolve(true)) => ({
  raw: new Answer(closed) as unknown as FastifyReply['raw'],
  server: { server: at } as unknown as FastifyReply['server'],
  request: { isStillAllowed } as unknown as FastifyReply['request'],
});

describe('untilGone', () => {
  afterEach(() => {
    endWaits(server);
    endWaits(other);
  });

  it('fires when the connection ends', () => {
    const reply = replyTo(false);
    const gone = untilGone(reply);
    expect(gone.aborted).toBe(false);
    reply.raw.emit('close');
    expect(gone.aborted).toBe(true);
  });

  it('has fired for one who hung up before the question was read: no second close will come', () => {
    expect(untilGone(replyTo(true)).aborted).toBe(true);
  });

  it('fires for all who wait when their server closes, and for those of no other', () => {
    const [one, two, elsewhere] = [
      untilGone(replyTo(false)),
      untilGone(replyTo(false)),
      untilGone(replyTo(false, other)),
    ];
    endWaits(server);
    expect([one.aborted, two.aborted, elsewhere.aborted]).toEqual([true, true, false]);
  });

  it.each([
    ['may not have the answer any more', () => Promise.resolve(false)],
    ['cannot be asked about', () => Promise.reject(new Error('the database is away'))],
  ])('fires within 5 s for one who %s', async (_, isStillAllowed) => {
    jest.useFakeTimers();
    let asked = 0;
    const gone = untilGone(replyTo(false, server, () => ((asked += 1) < 3 ? Promise.resolve(true) : isStillAllowed())));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(gone.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(gone.aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(3);
    jest.useRealTimers();
  });

  it('asks no more about one whose answer is given', async () => {
    jest.useFakeTimers();
    let asked = 0;
    const reply = replyTo(false, server, () => Promise.resolve((asked += 1) > 0));
    untilGone(reply);
    reply.raw.emit('close');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(0);
    jest.useRealTimers();
  });
});
