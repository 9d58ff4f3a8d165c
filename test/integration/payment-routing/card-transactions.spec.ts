import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, gatewayIsAlive, type Platform, startPlatform, tokenOf } from './support.js';
import { aResult, aTerminal, type Terminal } from './terminal.js';

interface Transaction {
  readonly transactionId: number;
  readonly cardBatchId: number;
  readonly dateCreated: string;
  readonly invoiceNumber: string;
}

describe('card transactions', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const pay = async (terminal: Terminal, invoiceNumber: string, more: object = {}, asked: object = {}) => {
    await gatewayIsAlive(platform);
    const id = await terminal.purchase({ invoiceNumber, ...asked });
    await terminal.begin(id);
    await terminal.reports(aResult(id, more));
    return id;
  };
  const list = async (terminal: Terminal, query = '') =>
    (await terminal.get(`/v2/card-transactions${query}`)).json<Transaction[]>();
  const invoices = async (terminal: Terminal, query: string) =>
    (await list(terminal, query)).map(({ invoiceNumber }) => invoiceNumber);

  it('have the fields of the published API, and what is added', async () => {
    const terminal = await aTerminal(platform, aCaller());
    expect(await list(terminal)).toEqual([]);
    const paymentId = await pay(terminal, 'A-1', {}, { customerCode: 'C-1' });
    const [transaction] = await list(terminal);
    expect(transaction).toEqual({
      transactionId: expect.any(Number) as unknown,
      cardBatchId: expect.any(Number) as unknown,
      dateCreated: '2026-11-23 05:00:00',
      createdAt: '2026-11-23T12:00:00.000Z',
      status: 'APPROVED',
      user: 'Tillgate System',
      type: 'purchase',
      amount: 10.99,
      currency: 'CAD',
      avsResponse: '',
      cvvResponse: '',
      cardType: 'VI',
      approvalCode: 'A1B2C3',
      cardToken: 'tok_1',
      cardNumber: '4242424242',
      cardHolderName: 'DOE/JANE',
      customerCode: 'C-1',
      invoiceNumber: 'A-1',
      warning: '',
      paymentId,
      deviceCode: terminal.code,
      tipAmount: 0,
      originalTransactionId: null,
      entryMode: 'tap',
      declineReason: null,
    });
    expect(transaction?.transactionId).toBeGreaterThan(1_000_000);
    const detail = await terminal.get(`/v2/card-transactions/${transaction?.transactionId ?? ''}`);
    expect([detail.statusCode, detail.json()]).toEqual([200, transaction]);
  });

  it('are there for what was declined, and not for what failed', async () => {
    const terminal = await aTerminal(platform, aCaller());
    await pay(terminal, 'D', { outcome: 'declined', approvalCode: null, declineReason: 'insufficient_funds' });
    await pay(terminal, 'F', { outcome: 'failed', card: null, approvalCode: null, declineReason: 'interrupted' });
    expect(await list(terminal)).toMatchObject([
      { invoiceNumber: 'D', status: 'DECLINED', approvalCode: '', declineReason: 'insufficient_funds' },
    ]);
  });

  it('are found by what they say, newest first, in pages', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const card = { type: 'MC', firstSix: '555555', lastFour: '0001', holder: 'O_BRIEN/%PAT', token: 'tok_2' };
    await pay(terminal, 'B-1', {}, { customerCode: 'C-1' });
    await pay(terminal, 'B-2', { card, amount: 2000, approvalCode: 'ZZ9' }, { transactionAmount: 20 });
    await pay(terminal, 'B-3', { amount: 550 }, { transactionAmount: 5.5, customerCode: 'C-3' });
    const found: [string, string[]][] = [
      ['', ['B-3', 'B-2', 'B-1']],
      ['?invoiceNumber=B-2', ['B-2']],
      ['?customerCode=C-3', ['B-3']],
      ['?cardToken=tok_1', ['B-3', 'B-1']],
      ['?cardToken=tok_1&invoiceNumber=B-1', ['B-1']],
      ['?search=10.99', ['B-1']],
      ['?search=20', ['B-2']],
      ['?search=5.5', ['B-3']],
      ['?search=5.50', ['B-3']],
      ['?search=555555', ['B-2']],
      ['?search=0001', ['B-2']],
      ['?search=5555550001', ['B-2']],
      ['?search=ZZ9', ['B-2']],
      ['?search=brien', ['B-2']],
      ['?search=%25PAT', ['B-2']],
      ['?search=_', ['B-2']],
      ['?search=%27;DROP', []],
      ['?limit=2', ['B-3', 'B-2']],
      ['?limit=2&page=2', ['B-1']],
      ['?limit=2&page=3', []],
      ['?unknown=field', ['B-3', 'B-2', 'B-1']],
    ];
    for (const [query, expected] of found) expect([query, await invoices(terminal, query)]).toEqual([query, expected]);
    const batch = (await list(terminal))[0]?.cardBatchId ?? 0;
    expect(await invoices(terminal, `?cardBatchId=${batch}`)).toEqual(['B-3', 'B-2', 'B-1']);
    expect(await invoices(terminal, `?cardBatchId=${batch + 1_000_000}`)).toEqual([]);
  });

  it('are of the day, and in the batch of the day, of the account’s time zone', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const east = await aTerminal(platform, aCaller({ timeZone: 'Asia/Tokyo' }));
    for (const one of [terminal, east]) await pay(one, 'noon');
    platform.clock.forward({ seconds: 13 * 3600 });
    for (const one of [terminal, east]) await pay(one, 'later');
    // 05:00 and 18:00 of the 23rd in Edmonton; 21:00 of the 23rd and 10:00 of the 24th in Tokyo.
    const batches = async (one: Terminal) => new Set((await list(one)).map(({ cardBatchId }) => cardBatchId)).size;
    expect([await batches(terminal), await batches(east)]).toEqual([1, 2]);
    expect(await invoices(terminal, '?dateFrom=2026-11-23&dateTo=2026-11-23')).toEqual(['later', 'noon']);
    expect(await invoices(terminal, '?dateFrom=2026-11-24')).toEqual([]);
    expect(await invoices(east, '?dateFrom=2026-11-23&dateTo=2026-11-23')).toEqual(['noon']);
    expect(await invoices(east, '?dateFrom=2026-11-24')).toEqual(['later']);
    expect((await list(east))[0]?.dateCreated).toBe('2026-11-24 10:00:00');
  });

  it.each([
    ...['limit=0', 'limit=-1', 'limit=1001', 'limit=abc', 'limit=1.5', 'limit=1&limit=2', 'limit[]=1', 'limit='],
    ...['page=0', 'page=x', 'dateFrom=2026-02-30', 'dateFrom=yesterday', 'dateFrom=0000-01-01', 'dateTo=2026-2-1'],
    ...['dateFrom=2026-02-02&dateTo=2026-02-01', 'search=%00', 'invoiceNumber=a%00b', 'search=a&search=b'],
    ...['cardBatchId=x', 'cardBatchId=99999999999999999999', `invoiceNumber=${'x'.repeat(51)}`],
  ])('are refused with 400 for ?%s', async (query) => {
    const terminal = await aTerminal(platform, aCaller());
    const answer = await terminal.get(`/v2/card-transactions?${query}`);
    // A name with brackets is a field that is not known, and those are ignored.
    expect(answer.statusCode).toBe(query === 'limit[]=1' ? 200 : 400);
  });

  it('of another account are not there, with one answer', async () => {
    const [terminal, foreign] = [await aTerminal(platform, aCaller()), await aTerminal(platform, aCaller())];
    await pay(foreign, 'secret');
    const [theirs] = await list(foreign);
    expect(await list(terminal, '?invoiceNumber=secret')).toEqual([]);
    const ids = [theirs?.transactionId ?? 0, 999_999_999, 0, 'x', '1.5', '-1', '99999999999999999999', '%00'];
    const answers = await Promise.all(ids.map((id) => terminal.get(`/v2/card-transactions/${id}`)));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(
      new Set(['404 {"code":"card_transaction_not_found","message":"Card Transaction Not Found","fields":[]}']),
    );
  });

  it('are for who may read or take payments', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const permissions = { general: 'none', settings: 'write', processing: 'auth' } as const;
    const weak = tokenOf({ ...terminal.caller, permissions });
    expect((await terminal.get('/v2/card-transactions', { 'api-token': weak })).statusCode).toBe(403);
  });
});
