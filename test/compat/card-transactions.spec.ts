import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectedTo } from '../support/database.js';
import { type Fields, jsonTypes, mountainTime, refusal, Till } from './a-till.js';

/** Section 7 of the published facts: every field of a card transaction, and its JSON type. */
const published = {
  transactionId: 'number',
  cardBatchId: 'number',
  dateCreated: 'string',
  status: 'string',
  user: 'string',
  type: 'string',
  amount: 'number',
  currency: 'string',
  avsResponse: 'string',
  cvvResponse: 'string',
  cardType: 'string',
  approvalCode: 'string',
  cardToken: 'string',
  cardNumber: 'string',
  cardHolderName: 'string',
  customerCode: 'string',
  invoiceNumber: 'string',
  warning: 'string',
};

describe('the published card transactions', () => {
  let till: Till;
  let approved: Fields;
  let declined: Fields;
  let refund: Fields;

  beforeAll(async () => {
    till = await Till.opens();
    const code = await till.payingTerminal();
    approved = await till.sale(code, 12.34, 'A-1', { customerCode: 'CST-A' });
    declined = await till.sale(code, 5.55, 'D-1');
    const body = { transactionAmount: 2, originalTransactionId: approved.transactionId, invoiceNumber: 'R-1' };
    refund = await till.outcome('refund', code, body);
  });

  afterAll(() => till.closes(), 60_000);

  const ids = (transactions: Fields[]) => transactions.map(({ transactionId }) => transactionId);
  const found = async (query: string) => ids(await till.list(`/v2/card-transactions?${query}`));
  /** Past trade: card transactions as the approved one, of another account and time. */
  const copies = (accountId: string, count: number, at: string) =>
    connectedTo(till.world.platform.databaseUrl, (client) =>
      client.query(copy, [accountId, approved.transactionId, count, at]),
    );
  const all = () => [refund.transactionId, declined.transactionId, approved.transactionId];

  it('have every published field in its published JSON type, approved, declined or given back', () => {
    for (const transaction of [approved, declined, refund]) expect(jsonTypes(transaction)).toMatchObject(published);
  });

  it('have dateCreated as YYYY-MM-DD HH:MM:SS in Mountain Time', () => {
    for (const { dateCreated, createdAt } of [approved, declined, refund]) {
      expect(dateCreated).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(dateCreated).toBe(mountainTime(createdAt));
    }
  });

  it('have the published words: status, type, currency, card type, first six and last four', () => {
    const card = { currency: 'CAD', cardType: 'VI', cardNumber: '4242424242' };
    expect(approved).toMatchObject({ ...card, status: 'APPROVED', type: 'purchase', amount: 12.34 });
    expect(declined).toMatchObject({ ...card, status: 'DECLINED', type: 'purchase', amount: 5.55 });
    expect(refund).toMatchObject({ ...card, status: 'APPROVED', type: 'refund', amount: 2 });
    expect(approved).toMatchObject({ invoiceNumber: 'A-1', customerCode: 'CST-A', warning: '' });
    expect(approved.approvalCode).not.toBe('');
    expect(Number.isInteger(approved.transactionId) && Number.isInteger(approved.cardBatchId)).toBe(true);
  });

  it('GET /card-transactions/{id}: the one of the list, by its integer id', async () => {
    for (const one of [approved, declined, refund]) {
      const { status, body } = await till.get(`/v2/card-transactions/${String(one.transactionId)}`);
      expect({ status, body }).toEqual({ status: 200, body: one });
    }
  });

  it('GET /card-transactions/{id}: 404 for an unknown, a malformed and a foreign id, without a difference', async () => {
    const path = `/v2/card-transactions/${String(approved.transactionId)}`;
    const { token } = await till.world.merchant();
    const foreign = refusal(await till.call('GET', path, { token }));
    expect(foreign).toEqual({ status: 404, errors: [expect.any(String)] });
    for (const id of ['4711', 'x', '1.5'])
      expect(refusal(await till.get(`/v2/card-transactions/${id}`))).toEqual(foreign);
  });

  it('GET /card-transactions: a plain array, of this account only', async () => {
    expect(await found('')).toEqual(all());
    const { token } = await till.world.merchant();
    expect(await till.call('GET', '/v2/card-transactions', { token })).toMatchObject({ status: 200, body: [] });
  });

  it('GET /card-transactions: dateFrom and dateTo are days in Mountain Time, both included', async () => {
    const day = String(approved.dateCreated).slice(0, 10);
    const last = String(refund.dateCreated).slice(0, 10);
    const moved = (from: string, days: number) =>
      new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    expect(await found(`dateFrom=${day}&dateTo=${last}`)).toEqual(all());
    expect(await found(`dateTo=${moved(day, -1)}`)).toEqual([]);
    expect(await found(`dateFrom=${moved(last, 1)}`)).toEqual([]);
    for (const query of ['dateFrom=2026-02-30', 'dateTo=yesterday', `dateFrom=${last}&dateTo=${moved(last, -1)}`])
      expect((await till.get(`/v2/card-transactions?${query}`)).status).toBe(400);
  });

  it.each([
    ['2026-02-10T05:30:00Z', '2026-02-09 22:30:00'],
    ['2026-07-10T05:30:00Z', '2026-07-09 23:30:00'],
  ])(
    'GET /card-transactions: late in the evening the day is still the Mountain one, in summer too: %s',
    async (at, local) => {
      const { accountId, token } = await till.world.merchant();
      await copies(accountId, 1, at);
      const day = local.slice(0, 10);
      const of = async (query: string) =>
        (await till.call('GET', `/v2/card-transactions?${query}`, { token })).body as Fields[];
      expect(await of(`dateFrom=${day}&dateTo=${day}`)).toMatchObject([{ dateCreated: local }]);
      expect(await of(`dateFrom=${at.slice(0, 10)}`)).toEqual([]);
    },
  );

  it('GET /card-transactions: search is an amount, first six or last four digits, a holder or an approval code', async () => {
    const { approvalCode, cardHolderName, cardNumber } = approved;
    expect(await found('search=12.34')).toEqual([approved.transactionId]);
    expect(await found(`search=${String(approvalCode)}`)).toEqual([approved.transactionId]);
    for (const text of [String(cardNumber).slice(0, 6), String(cardNumber).slice(-4), String(cardNumber)])
      expect(await found(`search=${text}`)).toEqual(all());
    expect(await found(`search=${encodeURIComponent(String(cardHolderName))}`)).toEqual(all());
    expect(await found('search=nothing-like-it')).toEqual([]);
  });

  it('GET /card-transactions: customerCode, invoiceNumber, cardToken and cardBatchId filter, also together', async () => {
    expect(await found('customerCode=CST-A')).toEqual([approved.transactionId]);
    expect(await found('invoiceNumber=D-1')).toEqual([declined.transactionId]);
    expect(await found(`cardToken=${String(approved.cardToken)}`)).toContain(approved.transactionId);
    expect(await found(`cardBatchId=${String(approved.cardBatchId)}`)).toContain(approved.transactionId);
    expect(await found('customerCode=CST-A&invoiceNumber=D-1')).toEqual([]);
    for (const nothing of ['customerCode=x', 'invoiceNumber=x', 'cardToken=x', 'cardBatchId=1'])
      expect(await found(nothing)).toEqual([]);
  });

  it('GET /card-transactions: limit and page from 1 cut the same list; limit is 1 to 1000', async () => {
    expect(await found('limit=2')).toEqual(all().slice(0, 2));
    expect(await found('limit=2&page=1')).toEqual(all().slice(0, 2));
    expect(await found('limit=2&page=2')).toEqual(all().slice(2));
    expect(await found('limit=1000&page=2')).toEqual([]);
    for (const query of ['limit=0', 'limit=1001', 'page=0', 'limit=x'])
      expect(refusal(await till.get(`/v2/card-transactions?${query}`))).toEqual({
        status: 400,
        errors: [expect.any(String)],
      });
  });

  it('GET /card-transactions: limit is 1000 when left out', async () => {
    const { accountId, token } = await till.world.merchant();
    await copies(accountId, 1_100, '2026-02-10T18:00:00Z');
    const of = async (query: string) => (await till.call('GET', `/v2/card-transactions${query}`, { token })).body;
    expect(await of('')).toHaveLength(1_000);
    expect(await of('?page=2')).toHaveLength(100);
  });
});

const copy = `
  INSERT INTO payment_routing.card_transaction OVERRIDING SYSTEM VALUE
  SELECT past.* FROM payment_routing.card_transaction t,
    (SELECT greatest(max(id), 9000000) AS last FROM payment_routing.card_transaction) AS known, generate_series(1, $3) AS n,
    LATERAL jsonb_populate_record(t, jsonb_build_object('account_id', $1::text, 'payment_id', gen_random_uuid(),
      'id', last + n, 'created_at', $4::text)) AS past
   WHERE t.id = $2`;
