import type { Server } from 'node:http';
import type { FastifyReply } from 'fastify';

const waiting = new WeakMap<object, Set<AbortController>>();

/**
 * Fires when nobody waits for the answer any more, or its server closes: a long poll then answers with what there is, and a
 * stream ends.
 */
export function untilGone({ raw, server }: Pick<FastifyReply, 'raw' | 'server'>): AbortSignal {
  // Who hung up while his token was looked up is gone already, and is not said to be gone again.
  if (raw.closed) return AbortSignal.abort();
  const gone = new AbortController();
  const waits = waitsOf(server.server);
  waits.add(gone);
  raw.once('close', () => {
    waits.delete(gone);
    gone.abort();
  });
  return gone.signal;
}

/** Nobody waits longer for news from this server: it closes. */
export function endWaits(server: Server): void {
  for (const gone of waitsOf(server)) gone.abort();
}

function waitsOf(server: object): Set<AbortController> {
  const waits = waiting.get(server) ?? new Set<AbortController>();
  waiting.set(server, waits);
  return waits;
}
