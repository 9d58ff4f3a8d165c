import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isOutage } from './outage.js';

const withCode = (code: string): Error => Object.assign(new Error('error'), { code });
const failedQuery = (code: string): Error => new QueryFailedError('SELECT', [], withCode(code));

describe('an error of the database', () => {
  it.each([
    ['a rule that was broken', new Error('no such device')],
    ['a constraint', failedQuery('23505')],
    ['a statement that is wrong', failedQuery('42703')],
    ['something that is no error', 'text'],
  ])('tells of the question: %s', (_what, error) => {
    expect(isOutage(error)).toBe(false);
  });

  it.each([
    ['a deadlock', failedQuery('40P01')],
    ['a time-out of the statement', failedQuery('57014')],
    ['a lock that was not free', failedQuery('55P03')],
    ['a server that goes down', failedQuery('57P01')],
    ['too many connections', failedQuery('53300')],
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a refused connection on each address', new AggregateError([withCode('ECONNREFUSED')])],
    ['a server that does not answer', withCode('ETIMEDOUT')],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
    ['a pool that found no connection', new Error('timeout exceeded when trying to connect')],
  ])('tells of an outage: %s', (_what, error) => {
    expect(isOutage(error)).toBe(true);
  });
});
