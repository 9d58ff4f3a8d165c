import type { DataSource } from 'typeorm';
import { within } from './back-off.js';

/** SQLSTATE classes that tell of the server or its other clients: connections, deadlocks, resources, shutdown, time-outs. */
const passing = /^(08|40|53|57|58)[0-9A-Z]{3}$|^(25P03|55P03)$/;
/** Node's own codes for a connection that could not be made or broke. */
const network = /^E(CONN|PIPE|HOST|NET|TIMEDOUT|NOTFOUND|AI_)/;
const lostConnection =
  /^Connection (terminated|ended)|not queryable|timeout exceeded when trying to connect|calling end on the pool|not connected/i;
const probeMs = 2_000;

/** True when a reaction failed although the database lives: only that counts against the message. */
export async function isOwnFault(error: unknown, dataSource: DataSource): Promise<boolean> {
  return !isPassing(error) && (await isAlive(dataSource));
}

function isPassing(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isPassing);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return passing.test(code) || network.test(code) || lostConnection.test(error.message);
}

async function isAlive(dataSource: DataSource): Promise<boolean> {
  try {
    await within(probeMs, dataSource.query('SELECT 1'), 'the database does not answer');
    return true;
  } catch {
    return false;
  }
}
