import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectedTo } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aTerminal, stored, types } from './terminal.js';

const order = { currency: 'CAD', transactionAmount: 10.99 };

describe('a payment whose commit fails', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const countOf = async (table: 'payment' | 'idempotency_key', accountId: string): Promise<number> => {
    const sql = `SELECT count(*)::int AS count FROM payment_routing.${table} WHERE account_id = $1`;
    return (await platform.query<{ count: number }>(sql, [accountId]))[0]?.count ?? 0;
  };

  /** A sequence counts also in a transaction that is rolled back. */
  const crashes = async (): Promise<number> =>
    (await asOwner<{ count: number }>('SELECT (last_value - 1)::int AS count FROM crashes'))[0]?.count ?? 0;

  /** The platform itself works as one who may not change the schema. */
  const asOwner = <Row>(sql: string): Promise<Row[]> =>
    connectedTo(platform.database.url, async (client) => (await client.query(sql)).rows as Row[]);

  const whileCommitsFail = async (work: () => Promise<void>): Promise<void> => {
    await asOwner(`CREATE SEQUENCE crashes; SELECT nextval('crashes');
      CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        AS $$BEGIN PERFORM nextval('crashes'); RAISE EXCEPTION 'crash'; END$$;
      CREATE CONSTRAINT TRIGGER crash AFTER INSERT OR UPDATE ON payment_routing.payment
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash()`);
    try {
      await work();
    } finally {
      await asOwner('DROP TRIGGER crash ON payment_routing.payment; DROP FUNCTION crash; DROP SEQUENCE crashes');
    }
  };

  it('is not answered 202, reaches no device, and leaves the key free', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const headers = { 'idempotency-key': randomUUID() };
    await whileCommitsFail(async () => {
      expect((await terminal.post(order, headers)).statusCode).toBe(500);
    });
    expect([
      await countOf('payment', terminal.caller.accountId),
      await countOf('idempotency_key', terminal.caller.accountId),
    ]).toEqual([0, 0]);
    expect(platform.frames.filter(({ connectionId }) => connectionId === terminal.connectionId)).toEqual([]);
    const answer = await terminal.post(order, headers);
    expect([answer.statusCode, answer.headers['idempotency-replayed']]).toEqual([202, undefined]);
  });

  it('gives no go-ahead: the device hears of it only after the commit that set processing', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await whileCommitsFail(async () => {
      void terminal.begin(id).catch(() => undefined);
      await eventually('its commit has failed', async () => (await crashes()) > 0);
      expect(types(terminal.frames(id))).not.toContain('payment.proceed');
      expect((await stored(platform, id)).status).toBe('requested');
    });
    await eventually('the go-ahead was given after the commit', () => {
      return terminal.frames(id).some(({ type }) => type === 'payment.proceed');
    });
    expect((await stored(platform, id)).status).toBe('processing');
  });
});
