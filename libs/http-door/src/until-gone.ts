import type { FastifyReply } from 'fastify';

/** Fires when nobody waits for the answer any more: a long poll stops reading then. */
export function untilGone({ raw }: Pick<FastifyReply, 'raw'>): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}
