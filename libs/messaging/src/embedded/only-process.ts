import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { pause } from '../inbox/back-off.js';

/** Any fixed number: one process without a broker per database. */
const lock = 7_455_430;
/** The session of a killed predecessor may take a moment to end. */
const patience = { tries: 20, everyMs: 250 } as const;
const againAfterMs = 1_000;

/** Events in process reach one process only: a second one on the same database would not hear what the first one says. */
@Injectable()
export class OnlyProcess {
  private readonly logger = new Logger('events');
  private readonly stop = new AbortController();
  private holder: pg.Client | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Takes the lock for the life of this process, on a connection of its own; rejects when another process has it. */
  async begin(): Promise<void> {
    for (let tried = 0; tried < patience.tries; tried += 1) {
      if (await this.tryLock()) return;
      await pause(patience.everyMs, this.stop.signal);
    }
    throw new Error('Another process works on this database without a broker. To run several, set BROKER_URL.');
  }

  async end(): Promise<void> {
    this.stop.abort();
    await this.holder?.end().catch(() => undefined);
  }

  private async tryLock(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: urlOf(this.dataSource),
      application_name: 'tillgate only process',
    });
    // An 'error' that nobody hears would end the process; 'end' follows it.
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [lock]);
    if (!rows[0]?.mine) {
      await client.end();
      return false;
    }
    this.holder = client;
    client.once('end', () => void this.takeAgain());
    return true;
  }

  /** The lock goes with its connection, and comes back with the database. */
  private async takeAgain(): Promise<void> {
    while (!this.stop.signal.aborted) {
      await pause(againAfterMs, this.stop.signal);
      try {
        await this.begin();
        return;
      } catch (error) {
        this.logger.error(`the lock against a second process is lost: ${String(error)}`);
      }
    }
  }
}

function urlOf({ options }: DataSource): string {
  if (options.type !== 'postgres' || !options.url)
    throw new Error('messaging needs a PostgreSQL that is named by a URL');
  return options.url;
}
