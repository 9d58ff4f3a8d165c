import type { FastifyReply } from 'fastify';

/** Fires when nobody waits for the answer any more: a long poll stops reading then. */
export function untilGone({ raw }: Pick<FastifyReply, 'raw'>): AbortSignal {
  // Who hung up while his token was looked up is gone already, and is not said to be gone again.
  if (raw.closed) return AbortSignal.abort();
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}
