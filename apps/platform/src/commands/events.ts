import { DataSource } from 'typeorm';
import { type DeadLetter, DeadLetters, republishSince } from '#messaging';
import { readConfig } from '../platform.config.js';
import { databaseUrlOf } from './database-url.js';

/** What was put aside on the platform that this environment describes. */
export const listDeadLetters = (env: NodeJS.ProcessEnv): Promise<DeadLetter[]> =>
  withDatabase(env, (dataSource) => new DeadLetters(dataSource).list());

/** Has the running platform try all of it once more; gives the number. */
export const retryDeadLetters = (env: NodeJS.ProcessEnv): Promise<number> =>
  withDatabase(env, (dataSource) => new DeadLetters(dataSource).retry());

/** Has the running platform publish again what it said since then; gives the number. */
export const republishEvents = (env: NodeJS.ProcessEnv, since: Date): Promise<number> =>
  withDatabase(env, (dataSource) => republishSince(dataSource, since));

async function withDatabase<Result>(
  env: NodeJS.ProcessEnv,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const url = await databaseUrlOf(readConfig(env));
  const dataSource = await new DataSource({ type: 'postgres', url, poolSize: 1 }).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
