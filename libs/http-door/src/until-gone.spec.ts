import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { endWaits, untilGone } from './index.js';

class Answer extends EventEmitter {
  constructor(readonly closed: boolean) {
    super();
  }
}

const [server, other] = [createServer(), createServer()];
const replyTo = (closed: boolean, at = server) => ({
  raw: new Answer(closed) as unknown as FastifyReply['raw'],
  server: { server: at } as unknown as FastifyReply['server'],
});

describe('untilGone', () => {
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
});
