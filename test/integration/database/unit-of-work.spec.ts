import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { aTestDatabase, connectedTo, type TestDatabase } from '../../support/database.js';

describe('UnitOfWork', () => {
  let database: TestDatabase;
  const words = async () => {
    const rows: { word: string }[] = await database.dataSource.query('SELECT word FROM words ORDER BY word');
    return rows.map(({ word }) => word);
  };

  beforeAll(async () => {
    database = await aTestDatabase({ contexts: [] });
    const table = 'CREATE TABLE words (word text PRIMARY KEY); GRANT ALL ON words TO PUBLIC';
    await connectedTo(database.url, (client) => client.query(table));
  });
  afterAll(() => database.drop());

  it('commits all of it, and only then runs what was put off until after the commit', async () => {
    const seen: string[] = [];
    await database.unitOfWork.run(async (tx) => {
      tx.afterCommit(() => seen.push('after'));
      await tx.manager.query(`INSERT INTO words VALUES ('kept')`);
      seen.push('inside');
    });
    expect(seen).toEqual(['inside', 'after']);
    expect(await words()).toContain('kept');
  });

  it('keeps nothing of work that throws, and runs nothing after it', async () => {
    const seen: string[] = [];
    const work = database.unitOfWork.run(async (tx) => {
      tx.afterCommit(() => seen.push('after'));
      await tx.manager.query(`INSERT INTO words VALUES ('lost')`);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(seen).toEqual([]);
    expect(await words()).not.toContain('lost');
  });

  it('gives the result although a task after the commit throws, and still runs the next one', async () => {
    Logger.overrideLogger(false);
    const seen: string[] = [];
    const result = await database.unitOfWork.run((tx) => {
      tx.afterCommit(() => {
        throw new Error('nobody listens');
      });
      tx.afterCommit(() => seen.push('second'));
      return Promise.resolve('committed');
    });
    expect(result).toBe('committed');
    expect(seen).toEqual(['second']);
  });
});
