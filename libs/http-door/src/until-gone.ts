import type { Server } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { RequestWithCaller } from './caller.js';

type WaitingReply = Pick<FastifyReply, 'raw' | 'server' | 'request'>;

const waiting = new WeakMap<object, Set<AbortController>>();

/** So often the credential of who waits is asked for anew: what is revoked counts within 5 s. */
const askMs = 4_000;

/**
 * Fires when nobody waits for the answer any more or may have it any more, or its server closes: a long poll then answers with
 * what there is, and a stream ends.
 */
export function untilGone({ raw, server, request }: WaitingReply): AbortSignal {
  // Who hung up while his token was looked up is gone already, and is not said to be gone again.
  if (raw.closed) return AbortSignal.abort();
  const gone = new AbortController();
  const waits = waitsOf(server.server);
  waits.add(gone);
  const { isStillAllowed = () => Promise.resolve(true) } = request as RequestWithCaller;
  const ask = async (): Promise<void> => {
    if (!(await isStillAllowed().catch(() => false))) gone.abort();
  };
  const asking = setInterval(() => void ask(), askMs);
  raw.once('close', () => {
    waits.delete(gone);
    gone.abort();
  });
  gone.signal.addEventListener('abort', () => {
    clearInterval(asking);
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
