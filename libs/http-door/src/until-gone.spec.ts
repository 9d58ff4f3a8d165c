import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { untilGone } from './index.js';

class Answer extends EventEmitter {
  constructor(readonly closed: boolean) {
    super();
  }
}

const replyTo = (closed: boolean) => ({ raw: new Answer(closed) as unknown as FastifyReply['raw'] });

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
});
