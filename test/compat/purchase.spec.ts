import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { cancelOn, type TestTerminal } from '../support/world.js';
import { type Fields, refusal, Till } from './a-till.js';

const order = { currency: 'CAD', transactionAmount: 10.25 };

describe('the published purchase', () => {
  let till: Till;
  let paying: string;
  let idle: TestTerminal & { code: string };

  beforeAll(async () => {
    till = await Till.opens();
    paying = await till.payingTerminal();
    idle = await till.idleTerminal();
  });

  afterAll(() => till.closes(), 60_000);

  const purchase = (body: unknown, token = till.merchant.token, code = idle.code) =>
    till.call('POST', `/v2/devices/${code}/payment/purchase`, { body, token });

  it('is 202 at once, with a Location to read the payment at', async () => {
    const { status, headers } = await till.start('purchase', paying, order);
    expect(status).toBe(202);
    const location = headers.get('location') ?? '';
    expect(location).toMatch(/^\/v2\/payments\/[0-9a-f-]{36}$/);
    expect(await till.get(location)).toMatchObject({ status: 200 });
  });

  it('takes a code in lower case, and unknown body fields, which existing clients send', async () => {
    const body = { ...order, invoiceNumber: 'INV-LOWER', ipAddress: '10.0.0.7', tip: { amount: 5 }, test: true };
    expect(await till.outcome('purchase', paying.toLowerCase(), body)).toMatchObject({
      status: 'APPROVED',
      amount: 10.25,
    });
  });

  it('keeps invoiceNumber and customerCode as they were sent', async () => {
    const body = { ...order, invoiceNumber: 'INV-77 é', customerCode: 'CST-8' };
    const { status } = await till.start('purchase', paying, body);
    expect(status).toBe(202);
    await eventually('the card transaction is found by both', async () => {
      const found = await till.list(`/v2/card-transactions?customerCode=CST-8&search=10.25`);
      expect(found).toMatchObject([{ invoiceNumber: 'INV-77 é', customerCode: 'CST-8' }]);
    });
  });

  it.each([{}, { invoiceNumber: '', customerCode: '' }, { invoiceNumber: null, customerCode: null }])(
    'makes an invoice number and a customer code of its own when they are left out, empty or null: %j',
    async (left: Fields) => {
      const { headers } = await till.start('purchase', paying, { ...order, ...left });
      const { body } = await till.get(headers.get('location') ?? '');
      expect(body).toMatchObject({
        invoiceNumber: expect.stringMatching(/^INV.+/),
        customerCode: expect.stringMatching(/^CST.+/),
      });
    },
  );

  it.each([
    ['another currency than the core currency', { ...order, currency: 'USD' }, 'currency'],
    ['no currency', { transactionAmount: 5 }, 'currency'],
    ['no amount', { currency: 'CAD' }, 'transactionAmount'],
    ['an amount as text', { ...order, transactionAmount: '10.99' }, 'transactionAmount'],
    ['three decimals', { ...order, transactionAmount: 10.999 }, 'transactionAmount'],
    ['nothing to pay', { ...order, transactionAmount: 0 }, 'transactionAmount'],
    ['less than nothing', { ...order, transactionAmount: -1 }, 'transactionAmount'],
    ['an invoice number that is no text', { ...order, invoiceNumber: 7 }, 'invoiceNumber'],
    ['an invoice number of 51 characters', { ...order, invoiceNumber: 'x'.repeat(51) }, 'invoiceNumber'],
  ])('is 400 with a text that names the field, for %s', async (_, body, field) => {
    expect(refusal(await purchase(body))).toEqual({
      status: 400,
      errors: [expect.stringContaining(field)],
    });
  });

  it('is 400 for a body that is no JSON object', async () => {
    for (const body of ['', '[]', 'null', '{"currency":"CAD","currency":"CAD"}']) {
      const { status, errors } = refusal(await purchase(body));
      expect([status, Array.isArray(errors)]).toEqual([400, true]);
    }
  });

  it('needs Processing Positive Transaction or higher: 403 with less', async () => {
    const nowhere = '0000';
    for (const processing of ['none', 'auth'] as const) {
      const token = await till.token({ general: 'write', settings: 'write', processing });
      expect(refusal(await purchase(order, token))).toEqual({ status: 403, errors: [expect.any(String)] });
    }
    for (const processing of ['positive_transaction', 'admin'] as const)
      expect((await purchase(order, await till.token({ processing }), nowhere)).status).toBe(404);
  });

  it('is 404 "Device Not Found" for an unknown code and for one of another account, without a difference', async () => {
    const notFound = { status: 404, errors: ['Device Not Found'] };
    const { token } = await till.world.merchant();
    expect(refusal(await purchase(order, till.merchant.token, '0000'))).toEqual(notFound);
    expect(refusal(await purchase(order, token))).toEqual(notFound);
  });

  it('shows the amount on that terminal, and is 409 while another payment is on it', async () => {
    const { terminal, code } = idle;
    expect((await till.start('purchase', code, order)).status).toBe(202);
    await untilState(terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    expect(terminal.state.payment).toMatchObject({ amount: 1025, currency: 'CAD' });
    expect(refusal(await purchase(order))).toEqual({ status: 409, errors: ['Device Busy'] });
    await cancelOn(terminal, 'staff');
  });

  it('is 409 "Device Not Listening" for a terminal that is logged out', async () => {
    const { terminal, code } = await till.idleTerminal();
    await terminal.logOut();
    await eventually('the platform knows that it is logged out', async () => {
      const answer = await purchase(order, till.merchant.token, code);
      expect(refusal(answer)).toEqual({ status: 409, errors: ['Device Not Listening'] });
    });
  });

  it('is 409 while API mode is off', async () => {
    await till.world.setApiMode(till.merchant.accountId, false);
    expect(refusal(await purchase(order))).toEqual({ status: 409, errors: ['API Mode Off'] });
    await till.world.setApiMode(till.merchant.accountId, true);
  });
});
