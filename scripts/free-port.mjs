import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that the system gives to connections: who tries to connect to one where nobody listens could else be given
 * that very port, and keep it. Between finding a port and listening on it lie seconds, so each worker of a test run has a part
 * of its own.
 */
const part = { size: 3_000, first: 20_000 + (Number(process.env.JEST_WORKER_ID ?? 0) % 4) * 3_000 };
const given = new Set();

/** A port on loopback that nobody listens on at this moment, and that was not given before. */
export async function freePort() {
  const port = part.first + randomInt(part.size);
  if (given.has(port)) return freePort();
  given.add(port);
  const probe = createServer().listen(port, '127.0.0.1');
  const isFree = await once(probe, 'listening').then(
    () => true,
    () => false,
  );
  probe.close();
  return isFree ? port : freePort();
}
