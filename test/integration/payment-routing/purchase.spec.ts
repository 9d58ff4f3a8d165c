import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { eventually } from '../../support/eventually.js';
import { aCaller, gatewayIsAlive, type Platform, startPlatform, tokenOf } from './support.js';
import { aResult, aTerminal, types } from './terminal.js';

const order = { currency: 'CAD', transactionAmount: 10.99 };

describe('a purchase', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const count = async (accountId: string): Promise<number> => {
    const sql = 'SELECT count(*)::int AS count FROM payment_routing.payment WHERE account_id = $1';
    return (await platform.query<{ count: number }>(sql, [accountId]))[0]?.count ?? 0;
  };
  const keys = async (accountId: string): Promise<number> => {
    const sql = 'SELECT count(*)::int AS count FROM payment_routing.idempotency_key WHERE account_id = $1';
    return (await platform.query<{ count: number }>(sql, [accountId]))[0]?.count ?? 0;
  };

  it('goes from the 202 to approved, and is settled', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const asked = { ...order, invoiceNumber: 'A-7', description: 'Two coffees', metadata: { till: '4' } };
    const answer = await terminal.post(asked, {}, terminal.code.toLowerCase());
    const { id } = answer.json<{ id: string }>();
    expect(answer.statusCode).toBe(202);
    expect(answer.headers.location).toBe(`/v2/payments/${id}`);
    expect(answer.headers['idempotency-replayed']).toBeUndefined();
    expect(answer.json()).toMatchObject({
      ...{ kind: 'purchase', status: 'requested', reason: null, deviceCode: terminal.code, amount: 10.99 },
      ...{ currency: 'CAD', tipAmount: 0, invoiceNumber: 'A-7', metadata: { till: '4' }, transactionId: null },
    });
    expect(answer.json<{ customerCode: string }>().customerCode).toMatch(/^CST\d+$/);
    expect(terminal.frames(id)).toMatchObject([
      {
        ...{ type: 'payment.request', kind: 'purchase', amount: 1099, currency: 'CAD', description: 'Two coffees' },
        showBefore: '2026-11-23T12:00:10.000Z',
        payBefore: '2026-11-23T12:02:10.000Z',
      },
    ]);

    await terminal.received(id);
    await terminal.shown(id);
    await terminal.begin(id);
    expect(terminal.frames(id).at(-1)).toMatchObject({
      ...{ type: 'payment.proceed', attempt: 1, amount: 1099, authorisationKey: `tg-${id.replaceAll('-', '')}` },
      startBefore: '2026-11-23T12:00:10.000Z',
    });
    await terminal.reports(aResult(id));
    expect(types(terminal.frames(id))).toEqual(['payment.request', 'payment.proceed', 'payment.settled']);

    const payment = (await terminal.get(`/v2/payments/${id.toUpperCase()}`)).json<Record<string, unknown>>();
    expect(payment).toMatchObject({
      status: 'approved',
      transactionId: expect.any(Number) as unknown,
      cardTransaction: { status: 'APPROVED', cardNumber: '4242424242', approvalCode: 'A1B2C3' },
      timeline: [{ status: 'requested' }, { status: 'shown' }, { status: 'processing' }, { status: 'approved' }],
    });
    const events = await platform.eventsOf(id);
    const names = ['PaymentRequested', 'PaymentShown', 'PaymentProceeded', 'PaymentApproved'];
    expect(events.map(({ name }) => name)).toEqual(names);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(events.at(-1)?.data).toMatchObject({ status: 'approved', transactionId: payment.transactionId });
  });

  it('with Prefer: wait answers 200 when it ends in time, and 202 when it does not', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const waiting = terminal.post(order, { prefer: 'wait=20', 'idempotency-key': 'key-that-waits' });
    const id = await eventually('the request was sent', () => {
      const sent = platform.frames.find(({ connectionId }) => connectionId === terminal.connectionId)?.frame;
      if (sent?.type !== 'payment.request') throw new Error('not yet');
      return sent.paymentId;
    });
    await terminal.cancelled(id);
    const answer = await waiting;
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      expect.objectContaining({ id, status: 'cancelled', reason: 'by_customer' }),
    ]);
    expect((await terminal.post(order, { prefer: 'wait=0' })).statusCode).toBe(202);
    const again = await terminal.post(order, { prefer: 'wait=20', 'idempotency-key': 'key-that-waits' });
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
  });

  it('tells a reader who waits on the payment when it has ended', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const waiting = terminal.get(`/v2/payments/${id}`, { prefer: 'wait=20' });
    await terminal.refused(id, 'unsupported');
    expect((await waiting).json()).toMatchObject({ status: 'not_delivered', reason: 'refused' });
  });

  describe('is refused', () => {
    it.each([
      [{ currency: 'CAD' }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: '10.99' }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: null }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: [10] }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: 10.999 }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: -1 }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: 0 }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: 1e9 }, 'transactionAmount'],
      [{ currency: 'CAD', transactionAmount: 1e21 }, 'transactionAmount'],
      [{ transactionAmount: 1 }, 'currency'],
      [{ ...order, currency: 'USD' }, 'currency'],
      [{ ...order, currency: 'cad' }, 'currency'],
      [{ ...order, currency: 7 }, 'currency'],
      [{ ...order, invoiceNumber: 'x'.repeat(51) }, 'invoiceNumber'],
      [{ ...order, invoiceNumber: 7 }, 'invoiceNumber'],
      [{ ...order, customerCode: 'a\0b' }, 'customerCode'],
      [{ ...order, customerCode: '\ud800' }, 'customerCode'],
      [{ ...order, description: 'x'.repeat(81) }, 'description'],
      [{ ...order, description: 'a\u202Eb' }, 'description'],
      [{ ...order, description: 7 }, 'description'],
      [{ ...order, deliverWithin: 1 }, 'deliverWithin'],
      [{ ...order, deliverWithin: 61 }, 'deliverWithin'],
      [{ ...order, payWithin: 14 }, 'payWithin'],
      [{ ...order, payWithin: 301 }, 'payWithin'],
      [{ ...order, payWithin: '60' }, 'payWithin'],
      [{ ...order, metadata: { a: 1 } }, 'metadata'],
      [{ ...order, metadata: ['a'] }, 'metadata'],
      [{ ...order, metadata: { a: 'x'.repeat(501) } }, 'metadata'],
      [{ ...order, metadata: { ['k'.repeat(41)]: 'x' } }, 'metadata'],
      [{ ...order, metadata: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, ''])) }, 'metadata'],
    ])('for %j, naming %s, and stores nothing', async (body, field) => {
      const terminal = await aTerminal(platform, aCaller());
      const answer = await terminal.post(body, { 'idempotency-key': 'key-of-a-bad-one' });
      expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, [field]]);
      expect([await count(terminal.caller.accountId), await keys(terminal.caller.accountId)]).toEqual([0, 0]);
    });

    it('for a card number in a text, which is not repeated', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const texts = [{ description: '4242 4242 4242 4242' }, { metadata: { a: '4242424242424242' } }];
      for (const more of [...texts, { invoiceNumber: '4242424242424242' }, { customerCode: '4242-4242-4242-4242' }]) {
        const answer = await terminal.post({ ...order, ...more });
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'card_data_not_allowed']);
        expect(answer.body).not.toContain('4242');
      }
    });

    it('with 404 and one answer for an unknown code, a foreign code and what cannot be a code', async () => {
      const [terminal, foreign] = [await aTerminal(platform, aCaller()), await aTerminal(platform, aCaller())];
      const codes = ['ZZZZ', foreign.code, 'A', '12345', '%00%00%00%00', 'ſſſſ', '%F0%9F%92%B3%F0%9F%92%B3'];
      const answers = await Promise.all(codes.map((code) => terminal.post(order, {}, encodeURI(decodeURI(code)))));
      expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(
        new Set(['404 {"code":"device_not_found","message":"Device Not Found","fields":[]}']),
      );
      expect(await count(foreign.caller.accountId)).toBe(0);
    });

    it('with 409 in the order API mode, locked, not listening, busy', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const off = await aTerminal(platform, aCaller({ apiMode: false }));
      const code = async (by = terminal) => (await by.post(order)).json<{ code?: string }>().code;
      await off.becomes({ listening: false, reason: 'locked' });
      expect(await code(off)).toBe('api_mode_off');
      await terminal.becomes({ listening: false, reason: 'locked' });
      expect(await code()).toBe('device_locked');
      await terminal.becomes({ listening: false, reason: 'not_continued' });
      expect(await code()).toBe('device_not_listening');
      await terminal.becomes({});
      expect(await code()).toBeUndefined();
      expect(await code()).toBe('device_busy');
      await terminal.becomes({ listening: false, reason: 'offline', node: null, connectionId: null });
      expect(await code()).toBe('device_not_listening');
      await terminal.becomes({ listening: false, reason: 'unpaired', node: null, connectionId: null });
      expect(await code()).toBe('device_not_found');
    });

    it('when the gateway of the device has been silent for 10 s, and not any more when it speaks', async () => {
      const terminal = await aTerminal(platform, aCaller());
      platform.clock.forward({ seconds: 11 });
      expect((await terminal.post(order)).json()).toMatchObject({ code: 'device_not_listening' });
      await gatewayIsAlive(platform);
      expect((await terminal.post(order)).statusCode).toBe(202);
    });

    it('without the right permission', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const permissions = { general: 'write', settings: 'write', processing: 'auth' } as const;
      const weak = tokenOf({ ...terminal.caller, permissions });
      expect((await terminal.post(order, { 'api-token': weak })).statusCode).toBe(403);
    });
  });

  it('takes pairing’s newest word of a device, and an older one changes nothing', async () => {
    const terminal = await aTerminal(platform, aCaller());
    await terminal.becomes({ listening: false, reason: 'offline' }, 7);
    await terminal.becomes({}, 6);
    expect((await terminal.post(order)).json()).toMatchObject({ code: 'device_not_listening' });
    await terminal.becomes({}, 8);
    expect((await terminal.post(order)).statusCode).toBe(202);
  });

  it('ignores fields it does not know, and makes a reference for an empty one', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const loose = { ...order, ipAddress: '10.0.0.1', invoiceNumber: '', customerCode: null, description: null };
    const answer = await terminal.post({ ...loose, deliverWithin: null, metadata: null });
    expect(answer.statusCode).toBe(202);
    expect(answer.json<{ invoiceNumber: string }>().invoiceNumber).toMatch(/^INV\d{10,12}$/);
  });

  it('to one device, 50 at once: exactly one is accepted, the others find it busy', async () => {
    const terminal = await aTerminal(platform, aCaller());
    // As many as there are connections; the next comes with each answer.
    const places = pLimit(25);
    const answers = await Promise.all(Array.from({ length: 50 }, () => places(() => terminal.post(order))));
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([202, ...Array.from({ length: 49 }, () => 409)]);
    expect(await count(terminal.caller.accountId)).toBe(1);
  });

  describe('read by its id', () => {
    it('is not there for another account, an unknown id and what is no id, with one answer', async () => {
      const [terminal, foreign] = [await aTerminal(platform, aCaller()), await aTerminal(platform, aCaller())];
      const id = await foreign.purchase();
      const answers = await Promise.all(
        [id, randomUUID(), 'x', '%00', `${id}x`].map((asked) =>
          terminal.get(`/v2/payments/${asked}`, { prefer: 'wait=1' }),
        ),
      );
      expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(
        new Set(['404 {"code":"payment_not_found","message":"Payment Not Found","fields":[]}']),
      );
    });
  });
});
