import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectedTo } from '../../support/database.js';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, stored, types, ways } from './terminal.js';

describe('a result', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterEach(async () => {
    expect(await platform.query('SELECT reason FROM messaging.dead_letter')).toEqual([]);
  });
  afterAll(() => platform.stop());

  const transactions = (id: string) =>
    platform.query<{ id: number; status: string; amount: number }>(
      'SELECT id, status, amount FROM payment_routing.card_transaction WHERE payment_id = $1 ORDER BY id',
      [id],
    );

  const conflictsAbout = async (id: string) => {
    const sql = `SELECT event FROM messaging.outbox WHERE name = 'PaymentConflictFound' AND event ->> 'correlationId' = $1`;
    const rows = await platform.query<{ event: { aggregateId: string; sequence: number; data: object } }>(sql, [id]);
    return rows.map(({ event }) => event);
  };

  it.each(['cancelled', 'not_delivered', 'abandoned', 'declined'])(
    'that comes after %s is kept beside it with its card transaction, as a conflict, once',
    async (state) => {
      const terminal = await aTerminal(platform, aCaller());
      const id = await terminal.purchase();
      await ways[state]?.(terminal, id);
      const earlier = await transactions(id);
      await terminal.reports(aResult(id));
      await terminal.reports(aResult(id));
      expect((await stored(platform, id)).status).toBe(state);
      const [kept] = (await transactions(id)).slice(earlier.length);
      const conflicts = (await platform.eventsOf(id)).filter(({ name }) => name === 'PaymentConflictFound');
      expect(conflicts).toHaveLength(1);
      expect(conflicts[0]?.data).toMatchObject({
        ...{ status: state, reported: 'approved', conflictingTransactionId: kept?.id },
      });
      expect(types(terminal.frames(id)).slice(-2)).toEqual(['payment.settled', 'payment.settled']);
    },
  );

  it('of another amount leaves the payment unknown, keeps the report and settles the device', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.begin(id);
    await terminal.reports(aResult(id, { amount: 10_990 }));
    await terminal.begin(id, 1);
    expect(await stored(platform, id)).toMatchObject({ status: 'unknown', reason: 'result_mismatch' });
    expect(types(terminal.frames(id)).at(-1)).toBe('payment.settled');
    expect(await transactions(id)).toEqual([]);
    const sql = 'SELECT amount FROM payment_routing.reported_result WHERE payment_id = $1';
    expect(await platform.query(sql, [id])).toEqual([{ amount: 10_990 }]);
  });

  it('is known to people by when it reached the platform, however late it was stored', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const details = async () => (await terminal.get(`/console/v1/payments/${id}/details`)).json<object>();
    await terminal.begin(id);
    expect(await details()).toMatchObject({ authorisedAt: null });
    const at = new Date(platform.clock.now().getTime() - 2_500);
    await terminal.reports(aResult(id), at);
    await terminal.reports(aResult(id));
    expect(await details()).toMatchObject({ authorisedAt: at.toISOString() });
  });

  it('for a payment that is not known here is stored, reported as a conflict and settled', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = randomUUID();
    await terminal.reports(aResult(id, { amount: 1200, tip: 200 }));
    await terminal.reports(aResult(id, { amount: 1200, tip: 200 }));
    expect(types(terminal.frames(id))).toEqual(['payment.settled', 'payment.settled']);
    expect(await conflictsAbout(id)).toMatchObject([
      {
        sequence: 1,
        data: {
          ...{ accountId: terminal.caller.accountId, deviceCode: terminal.code, status: 'unknown' },
          ...{ paymentId: id, reason: 'not_known', amount: 1000, tip: 200, reported: 'approved' },
        },
      },
    ]);
  });

  it('of a device that no account has is not kept, and stays with the device', async () => {
    const deviceId = randomUUID();
    const results = Array.from({ length: 32 }, () => aResult(randomUUID()));
    const answer = await platform.app.inject({
      method: 'POST',
      url: '/device/v1/results',
      headers: { 'x-device': deviceId },
      payload: { results },
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { settled: [] }]);
    const kept = 'SELECT 1 FROM payment_routing.reported_result WHERE device_id = $1';
    expect(await platform.query(kept, [deviceId])).toEqual([]);
  });

  it('for a payment of another device takes no number of that payment, and each is told by itself', async () => {
    const [terminal, other] = [await aTerminal(platform, aCaller()), await aTerminal(platform, aCaller())];
    const id = await terminal.purchase();
    await other.reports(aResult(id, { outcome: 'failed', declineReason: 'jam' }));
    await other.reports(aResult(id));
    await other.reports(aResult(id, { amount: 1 }));
    const conflicts = await conflictsAbout(id);
    expect(conflicts.map(({ sequence }) => sequence)).toEqual([1, 1]);
    expect(new Set([id, ...conflicts.map(({ aggregateId }) => aggregateId)]).size).toBe(3);
  });

  it('is not lost for a strange byte that the card holds', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const card = { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'DOE\0\ud800', token: 't' };
    await terminal.reports(aResult(id, { card, approvalCode: 'A\0' }));
    const [transaction] = (await terminal.get('/v2/card-transactions')).json<Record<string, unknown>[]>();
    expect(transaction).toMatchObject({ cardHolderName: 'DOE', approvalCode: 'A' });
  });

  const deliver = (deviceId: string, body: object) =>
    platform.app.inject({
      ...{ method: 'POST', url: '/device/v1/results', headers: { 'x-device': deviceId }, payload: body },
    });

  it('delivered by HTTPS is settled like any other', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const [id, strange] = [await terminal.purchase(), randomUUID()];
    await terminal.becomes({ listening: false, reason: 'locked' });
    const answer = await deliver(terminal.deviceId, { results: [aResult(id), aResult(strange)] });
    expect([answer.statusCode, answer.json()]).toEqual([200, { settled: [id, strange] }]);
    expect((await stored(platform, id)).status).toBe('approved');
    expect((await deliver(terminal.deviceId, { results: [aResult(id)] })).json()).toEqual({ settled: [id] });
  });

  it('that cannot be stored does not keep back the others delivered with it', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const [bad, good] = [await terminal.purchase(), randomUUID()];
    await connectedTo(platform.database.url, (owner) =>
      owner.query(`ALTER TABLE payment_routing.reported_result ADD CONSTRAINT planted CHECK (payment_id <> '${bad}')`),
    );
    const answer = await deliver(terminal.deviceId, { results: [aResult(bad), aResult(good)] });
    expect([answer.statusCode, answer.json()]).toEqual([200, { settled: [good] }]);
    expect((await deliver(terminal.deviceId, { results: [aResult(bad)] })).statusCode).toBe(500);
    expect((await stored(platform, bad)).status).toBe('requested');
  });

  it('that cannot be read does not keep back the others delivered with it', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const unreadable = { ...aResult(randomUUID()), declineReason: 'x'.repeat(61) };
    const answer = await deliver(terminal.deviceId, { results: [unreadable, aResult(id)] });
    expect([answer.statusCode, answer.json()]).toEqual([200, { settled: [id] }]);
  });

  it('of a bad form is refused with the field, and nothing is stored', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const bad: [object, string][] = [
      [{ results: [] }, 'results'],
      [{}, 'results'],
      [{ results: Array.from({ length: 33 }, () => aResult(randomUUID())) }, 'results'],
      [{ results: [{ ...aResult(id), amount: -1 }] }, 'results.0.amount'],
      [{ results: [{ ...aResult(id), pan: '4242424242424242' }] }, 'results.0'],
    ];
    for (const [body, field] of bad) {
      const answer = await deliver(terminal.deviceId, body);
      expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, [field]]);
    }
    expect((await stored(platform, id)).status).toBe('requested');
  });
});
