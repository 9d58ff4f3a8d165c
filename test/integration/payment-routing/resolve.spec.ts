import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, stored, type Terminal, types } from './terminal.js';

const admin = { permissions: { general: 'read', settings: 'none', processing: 'admin' } } as const;

describe('an unknown payment that a human resolves', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  async function unknown(): Promise<{ terminal: Terminal; id: string }> {
    const terminal = await aTerminal(platform, aCaller(admin));
    const id = await terminal.purchase({ tipping: { percentages: [10] } });
    await terminal.begin(id, 1, 101);
    await terminal.connects([], true);
    expect(await stored(platform, id)).toMatchObject({ status: 'unknown' });
    return { terminal, id };
  }

  const resolve = (terminal: Terminal, id: string, outcome = 'approved') =>
    terminal.call('POST', `/v2/payments/${id}/resolve`, { outcome, approvalCode: 'AB12', reason: 'acquirer told so' });

  const transactionsOf = (terminal: Terminal) =>
    terminal.get('/v2/card-transactions').then((answer) => answer.json<Record<string, unknown>[]>());

  it('as approved has a card transaction of what was to be charged; who, when and why is kept', async () => {
    const { terminal, id } = await unknown();
    const answer = await resolve(terminal, id);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      {
        status: 'approved',
        reason: 'by_operator',
        tipAmount: 1.01,
        cardTransaction: { amount: 12, approvalCode: 'AB12' },
      },
    ]);
    expect(types(terminal.frames(id)).at(-1)).toBe('payment.withdraw');
    const kept = await platform.query('SELECT * FROM payment_routing.resolution WHERE payment_id = $1', [id]);
    expect(kept).toMatchObject([{ actor_name: 'Front till', outcome: 'approved', reason: 'acquirer told so' }]);
    const sent = `SELECT event FROM messaging.outbox WHERE name = 'PaymentResolved' AND event ->> 'correlationId' = $1`;
    expect(await platform.query(sent, [id])).toMatchObject([
      { event: { data: { paymentId: id, outcome: 'approved', by: { name: 'Front till' } } } },
    ]);
    expect((await terminal.get(`/console/v1/payments/${id}/details`)).json()).toMatchObject({
      resolution: { outcome: 'approved', reason: 'acquirer told so', by: 'Front till' },
      contradiction: null,
    });
  });

  it('against what the device reports later says so to people, and only then', async () => {
    const { terminal, id } = await unknown();
    await resolve(terminal, id, 'failed');
    const details = async () => (await terminal.get(`/console/v1/payments/${id}/details`)).json<object>();
    expect(await details()).toMatchObject({ contradiction: null });
    await terminal.reports(aResult(id, { amount: 1200, tip: 101 }));
    expect(await details()).toMatchObject({ contradiction: { outcome: 'approved', amount: 12 } });
    expect(await stored(platform, id)).toMatchObject({ status: 'failed' });
    const right = await unknown();
    await resolve(right.terminal, right.id);
    await right.terminal.reports(aResult(right.id, { amount: 1200, tip: 101 }));
    const agreed = await right.terminal.get(`/console/v1/payments/${right.id}/details`);
    expect(agreed.json()).toMatchObject({ contradiction: null });
  });

  it('after the device has charged another amount than it was told has a card transaction of what was charged', async () => {
    const terminal = await aTerminal(platform, aCaller(admin));
    const id = await terminal.purchase();
    await terminal.begin(id);
    await terminal.reports(aResult(id, { amount: 1500, tip: 401 }));
    expect(await stored(platform, id)).toMatchObject({ status: 'unknown', reason: 'result_mismatch' });
    expect((await resolve(terminal, id)).json()).toMatchObject({ status: 'approved' });
    const charged = { amount: 15, tipAmount: 4.01, cardNumber: '4242424242', approvalCode: 'AB12' };
    expect(await transactionsOf(terminal)).toMatchObject([charged]);
  });

  it.each(['failed', 'declined'])(
    'as %s, of which the device has told before that it charged another amount, has that beside it',
    async (outcome) => {
      const terminal = await aTerminal(platform, aCaller(admin));
      const id = await terminal.purchase();
      await terminal.begin(id);
      await terminal.reports(aResult(id, { amount: 1500, tip: 401 }));
      expect((await resolve(terminal, id, outcome)).json()).toMatchObject({ status: outcome });
      expect((await platform.eventsOf(id)).at(-1)).toMatchObject({
        name: 'PaymentConflictFound',
        data: { reported: 'approved' },
      });
      const charged = (await transactionsOf(terminal)).filter(({ status }) => status === 'APPROVED');
      expect(charged).toMatchObject([{ amount: 15, cardNumber: '4242424242' }]);
    },
  );

  it('for a reason that holds a card number, or what cannot be stored, is refused and stays unknown', async () => {
    const { terminal, id } = await unknown();
    for (const [reason, code] of [
      ['the card 4242 4242 4242 4242 was charged', 'card_data_not_allowed'],
      ['told \ud800 so', 'invalid_field'],
    ]) {
      const answer = await terminal.call('POST', `/v2/payments/${id}/resolve`, { outcome: 'approved', reason });
      expect(answer.json()).toMatchObject({ code });
    }
    expect(await stored(platform, id)).toMatchObject({ status: 'unknown' });
  });

  it('and of which the device then tells the same keeps one card transaction, which learns its card', async () => {
    const { terminal, id } = await unknown();
    await resolve(terminal, id);
    await terminal.reports(aResult(id, { amount: 1200, tip: 101 }));
    expect(types(terminal.frames(id)).at(-1)).toBe('payment.settled');
    expect(await transactionsOf(terminal)).toMatchObject([
      { amount: 12, cardNumber: '4242424242', approvalCode: 'A1B2C3' },
    ]);
    expect((await platform.eventsOf(id)).map(({ name }) => name)).not.toContain('PaymentConflictFound');
  });

  it('and of which the device then tells otherwise stands, with the contradiction beside it', async () => {
    const { terminal, id } = await unknown();
    await resolve(terminal, id, 'failed');
    await terminal.reports(aResult(id, { amount: 1200, tip: 101 }));
    expect(await stored(platform, id)).toMatchObject({ status: 'failed', reason: 'by_operator' });
    expect((await platform.eventsOf(id)).at(-1)).toMatchObject({
      name: 'PaymentConflictFound',
      data: { reported: 'approved' },
    });
    expect(await transactionsOf(terminal)).toMatchObject([{ status: 'APPROVED', amount: 12 }]);
  });

  it('as declined or failed says so, and only the declined one has a card transaction', async () => {
    for (const [outcome, count] of [
      ['declined', 1],
      ['failed', 0],
    ] as const) {
      const { terminal, id } = await unknown();
      expect((await resolve(terminal, id, outcome)).json()).toMatchObject({ status: outcome, reason: 'by_operator' });
      expect(await transactionsOf(terminal)).toHaveLength(count);
    }
  });

  it('is asked for until the device has told what it did, and then no more', async () => {
    const { terminal, id } = await unknown();
    await resolve(terminal, id);
    const requests = (): number => types(terminal.frames(id)).filter((type) => type === 'payment.request').length;
    for (const time of [1, 2]) {
      const before = requests();
      platform.clock.forward({ seconds: 10 });
      await eventually(`it was asked for, time ${time}`, () => requests() > before);
      await terminal.shown(id);
      expect(types(terminal.frames(id)).at(-1)).toBe('payment.withdraw');
    }
    await terminal.reports(aResult(id, { amount: 1200, tip: 101 }));
    const waits = 'SELECT ask_at IS NOT NULL AS waits FROM payment_routing.payment WHERE id = $1';
    expect(await platform.query(waits, [id])).toEqual([{ waits: false }]);
  });

  it('of which the device has told all already is not asked for', async () => {
    const { terminal, id } = await unknown();
    await terminal.reports(aResult(id, { amount: 1 }));
    await resolve(terminal, id);
    const waits = 'SELECT ask_at IS NOT NULL AS waits FROM payment_routing.payment WHERE id = $1';
    expect(await platform.query(waits, [id])).toEqual([{ waits: false }]);
  });

  it('is resolved once: two humans at once get one truth', async () => {
    const { terminal, id } = await unknown();
    const answers = await Promise.all([resolve(terminal, id, 'approved'), resolve(terminal, id, 'failed')]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const final = (await platform.eventsOf(id)).filter(({ name }) => /Approved|Failed/.test(name));
    expect(final).toHaveLength(1);
  });

  it('cannot be resolved while it is not unknown, without the permission, or in words that say nothing', async () => {
    const terminal = await aTerminal(platform, aCaller(admin));
    const id = await terminal.purchase();
    expect((await resolve(terminal, id)).json()).toMatchObject({ code: 'not_unknown' });
    const cashier = await aTerminal(platform, aCaller());
    expect((await resolve(cashier, id)).statusCode).toBe(403);
    for (const body of [
      {},
      { outcome: 'approved' },
      { outcome: 'cancelled', reason: 'no' },
      { outcome: 'failed', reason: ' ' },
    ]) {
      expect((await terminal.call('POST', `/v2/payments/${id}/resolve`, body)).statusCode).toBe(400);
    }
  });
});
