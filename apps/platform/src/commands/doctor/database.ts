import pg from 'pg';
import { bad, type Finding, good, warning, wordsOf } from './finding.js';

const clockMs = 5_000;
const oldSeconds = 60;

/** What the database tells of itself and of the road of events. `queues`: those that subscribers have declared. */
export interface DatabaseLook {
  readonly findings: readonly Finding[];
  readonly queues: readonly string[];
}

interface Facts {
  readonly version: string;
  readonly now: Date;
  readonly unsent: number;
  readonly oldest: number;
  readonly deadLetters: number;
  readonly parked: number;
  readonly deliveries: number;
}

export async function lookAtDatabase(url: string): Promise<DatabaseLook> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, statement_timeout: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const todo = 'Start PostgreSQL, or correct DATABASE_URL (postgres://user:password@host:port/database).';
    return { findings: [bad('database', `cannot be reached: ${wordsOf(error)}`, todo)], queues: [] };
  }
  try {
    return await look(client);
  } catch (error) {
    const todo = 'Start the platform once: it brings the database up to date.';
    return { findings: [bad('database', `is not a Tillgate database yet: ${wordsOf(error)}`, todo)], queues: [] };
  } finally {
    await client.end();
  }
}

async function look(client: pg.Client): Promise<DatabaseLook> {
  const before = Date.now();
  const { rows } = await client.query<Facts>(facts);
  const between = (before + Date.now()) / 2;
  const queues = await client.query<{ name: string }>('SELECT name FROM messaging.declared_queue ORDER BY name');
  const [found] = rows;
  if (!found) throw new Error('it says nothing');
  return {
    findings: [...findingsOf(found, found.now.getTime() - between)],
    queues: queues.rows.map(({ name }) => name),
  };
}

function* findingsOf(found: Facts, offsetMs: number): Generator<Finding> {
  yield good('database', `PostgreSQL ${found.version} answers`);
  yield Math.abs(offsetMs) > clockMs
    ? bad(
        'clock',
        `differs by ${Math.round(Math.abs(offsetMs) / 1000)} s from the database's`,
        'Turn on time synchronisation (NTP) on both machines.',
      )
    : good('clock', `agrees with the database's within ${Math.max(1, Math.ceil(Math.abs(offsetMs) / 1000))} s`);
  yield found.oldest > oldSeconds
    ? bad(
        'outbox',
        `${found.unsent} events wait, the oldest for ${Math.round(found.oldest)} s`,
        'Look whether the platform runs and the broker takes messages (memory and disk alarms).',
      )
    : good('outbox', found.unsent === 0 ? 'nothing waits' : `${found.unsent} events are on their way`);
  yield found.deadLetters > 0
    ? warning(
        'dead letters',
        `${found.deadLetters} events were put aside`,
        'tillgate events dead-letters says why; mend it, then: tillgate events retry',
      )
    : good('dead letters', 'none');
  if (found.parked > 0)
    yield warning(
      'event log',
      `${found.parked} events wait for one before them`,
      'Look at the dead letters: one of them is missing in the log.',
    );
  yield good('webhooks', `${found.deliveries} deliveries are due or wait for their next try`);
}

const facts = `
  SELECT current_setting('server_version') AS version, clock_timestamp() AS now,
         (SELECT count(*)::int FROM messaging.outbox WHERE sent_at IS NULL) AS unsent,
         (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float
            FROM messaging.outbox WHERE sent_at IS NULL) AS oldest,
         (SELECT count(*)::int FROM messaging.dead_letter) AS "deadLetters",
         (SELECT count(*)::int FROM notifications.parked) AS parked,
         (SELECT count(*)::int FROM notifications.delivery WHERE state = 'pending') AS deliveries`;
