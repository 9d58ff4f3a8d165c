import { once } from 'node:events';
import { createServer } from 'node:net';
import { findBinaries } from './binaries.js';
import { prepareDataFolder } from './data-folder.js';
import { Server } from './server.js';
import { reapStalePostmaster } from './stale-postmaster.js';
import { systemUser } from './system-user.js';

export interface EmbeddedPostgres {
  /** `postgres://…` of the database `tillgate`, on loopback, with the password. */
  readonly url: string;
  /** Resolves, with a sentence for people, when the server ends without `stop`: what used it cannot go on. */
  readonly failed: Promise<string>;
  /** Resolves when the server has ended and its data is whole. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL that keeps its data in `dir`, made at the first start. Without `port` it takes a free one.
 * Rejects with a sentence for people when it cannot.
 */
export async function startEmbeddedPostgres(options: { dir: string; port?: number }): Promise<EmbeddedPostgres> {
  const [binaries, user] = await Promise.all([findBinaries(), systemUser()]);
  const folder = await prepareDataFolder(options.dir, binaries, user);
  await reapStalePostmaster(folder);
  const server = await Server.start(folder, options.port ?? (await freePort()), binaries, user);
  return { url: server.url, failed: server.failed, stop: () => server.stop() };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
}
