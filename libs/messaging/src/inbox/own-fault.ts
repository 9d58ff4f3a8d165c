import { isOutage } from '#database';
import type { DataSource } from 'typeorm';
import { within } from './back-off.js';

const probeMs = 2_000;

/** True when a reaction failed although the database lives: only that counts against the message. */
export async function isOwnFault(error: unknown, dataSource: DataSource): Promise<boolean> {
  return !isOutage(error) && (await isAlive(dataSource));
}

async function isAlive(dataSource: DataSource): Promise<boolean> {
  try {
    await within(probeMs, dataSource.query('SELECT 1'), 'the database does not answer');
    return true;
  } catch {
    return false;
  }
}
