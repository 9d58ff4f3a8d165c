import { describe, expect, it } from '@jest/globals';
import { type DataSource, QueryFailedError } from 'typeorm';
import { isOwnFault } from './own-fault.js';

const database = (query: () => Promise<unknown>) => ({ query }) as unknown as DataSource;
const alive = database(() => Promise.resolve([]));
const away = database(() => Promise.reject(new Error('connect ECONNREFUSED')));
const withCode = (code: string): Error => Object.assign(new Error('error'), { code });
const failedQuery = (code: string): Error => new QueryFailedError('SELECT', [], withCode(code));

describe('whose fault an error is', () => {
  it.each([
    ['a rule that was broken', new Error('no such device')],
    ['a constraint', failedQuery('23505')],
    ['a statement that is wrong', failedQuery('42703')],
    ['something that is no error', 'text'],
  ])("is the message's: %s", async (_what, error) => {
    expect(await isOwnFault(error, alive)).toBe(true);
  });

  it.each([
    ['a deadlock', failedQuery('40P01')],
    ['a time-out of the statement', failedQuery('57014')],
    ['a lock that was not free', failedQuery('55P03')],
    ['a server that goes down', failedQuery('57P01')],
    ['too many connections', failedQuery('53300')],
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a refused connection on each address', new AggregateError([withCode('ECONNREFUSED')])],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
    ['a pool that found no connection', new Error('timeout exceeded when trying to connect')],
  ])("is the database's, although it answers: %s", async (_what, error) => {
    expect(await isOwnFault(error, alive)).toBe(false);
  });

  it("is the database's, whatever the error says, when it does not answer", async () => {
    expect(await isOwnFault(new Error('no such device'), away)).toBe(false);
  });
});
