import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.js';
import { type DataFolder, superuser } from './data-folder.js';
import { codeOf } from './error-code.js';
import type { SystemUser } from './system-user.js';

const database = 'tillgate';
/** Milliseconds: after a crash, PostgreSQL first replays its log. */
const patience = { start: 60_000, stop: 30_000 } as const;

/** A running PostgreSQL server, a child of this process in a group of its own: Ctrl-C reaches the platform only, which drains first. */
export class Server {
  /** Resolves, with a sentence for people, when the server ends without being asked to. */
  readonly failed: Promise<string>;
  private isStopping = false;
  private fail: (why: string) => void = () => undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: DataFolder,
    private readonly port: number,
  ) {
    this.failed = new Promise((resolve) => {
      this.fail = resolve;
    });
  }

  /** Resolves when the server takes connections and the database is there. */
  static async start(folder: DataFolder, port: number, { postgres }: Binaries, user: SystemUser): Promise<Server> {
    const log = await open(folder.logFile, 'w', 0o600);
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
    const child = spawn(postgres, ['-D', folder.data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])], {
      ...user,
      cwd: folder.data,
      detached: true,
      // A file, not a pipe: should this process be killed, the server left behind must not choke on its log.
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, LC_ALL: 'C' },
    });
    const server = new Server(child, folder, port);
    void once(child, 'exit').then(() => server.noteEnd());
    await Promise.all([log.close(), writeFile(folder.ownerFile, String(process.pid))]);
    process.once('exit', server.interrupt);
    try {
      await server.makeDatabase();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get url(): string {
    return this.urlOf(database);
  }

  /** Fast shutdown: sessions are cut, the data is whole. Immediate when that takes too long; the next start repairs. */
  async stop(): Promise<void> {
    process.off('exit', this.interrupt);
    this.isStopping = true;
    const tooLong = setTimeout(() => this.child.kill('SIGQUIT'), patience.stop);
    if (this.isRunning) {
      const exited = once(this.child, 'exit');
      this.interrupt();
      await exited;
    }
    clearTimeout(tooLong);
    await rm(this.folder.ownerFile, { force: true });
  }

  private async noteEnd(): Promise<void> {
    if (!this.isStopping) this.fail(`The embedded PostgreSQL has ended: ${await this.lastWords()}`);
  }

  private readonly interrupt = (): void => {
    this.child.kill('SIGINT');
  };

  private get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private async makeDatabase(): Promise<void> {
    const client = await this.firstConnection();
    try {
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
    } finally {
      await client.end();
    }
  }

  private async firstConnection(): Promise<pg.Client> {
    const deadline = Date.now() + patience.start;
    while (this.isRunning && Date.now() < deadline) {
      const client = new pg.Client({ connectionString: this.urlOf('postgres'), connectionTimeoutMillis: 1_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return client;
      } catch (error) {
        if (!isTooEarly(error)) throw error;
        await sleep(50);
      }
    }
    throw new Error(`The embedded PostgreSQL did not start: ${await this.lastWords()}`);
  }

  private async lastWords(): Promise<string> {
    const lines = (await readFile(this.folder.logFile, 'utf8')).trim().split('\n');
    return `${lines.slice(-5).join(' | ')} (${this.folder.logFile})`;
  }

  private urlOf(name: string): string {
    return `postgres://${superuser}:${this.folder.password}@127.0.0.1:${this.port}/${name}`;
  }
}

/** Nothing listens yet, or it is "starting up" (57P03), or somebody else has the port and says nothing. */
const isTooEarly = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(codeOf(error) ?? 'ECONNREFUSED');
