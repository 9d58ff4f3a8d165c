import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { type Received, Receiver } from '../support/receiver.js';
import { cancelOn } from '../support/world.js';
import { type Fields, Till } from './a-till.js';

describe('the published webhooks', () => {
  let till: Till;
  let receiver: Receiver;
  let code: string;

  beforeAll(async () => {
    receiver = await Receiver.start();
    till = await Till.opens({ WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
    const { body } = await till.call('POST', '/v2/webhooks', { body: { url: receiver.url } });
    receiver.secret = (body as { secret: string }).secret;
    code = await till.payingTerminal();
  });

  afterAll(async () => {
    await till.closes();
    await receiver.stop();
  });

  const arrived = (text: string, fits: (body: Record<string, unknown>) => boolean): Promise<Received> =>
    eventually(text, () => receiver.received.find(({ body }) => fits(body)) ?? false);
  const ofSale = ({ transactionId }: Fields): Promise<Received> =>
    arrived('the webhook of the card transaction is there', ({ id }) => id === String(transactionId));

  /** A purchase of this amount that the terminal shows, and what is done there then; gives the webhook for it. */
  async function ended(by: 'customer' | 'staff', amount: number, more: Fields = {}): Promise<Received> {
    const { terminal, code: at } = await till.idleTerminal();
    const order = { currency: 'CAD', transactionAmount: amount, ...more };
    expect((await till.start('purchase', at, order)).status).toBe(202);
    await untilState(terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    await cancelOn(terminal, by);
    return arrived('the webhook of the cancel is there', ({ type, data }) => {
      return type === 'terminalCancel' && (data as Fields).deviceCode === at;
    });
  }

  it('the secret is plain base64, as existing verifiers decode it whole', () => {
    expect(Buffer.from(receiver.secret, 'base64').toString('base64')).toBe(receiver.secret);
    expect(Buffer.from(receiver.secret, 'base64').length).toBeGreaterThanOrEqual(24);
  });

  it('cardTransaction: the id as text and the type, nothing else, for an approved and for a declined one', async () => {
    for (const [amount, invoiceNumber] of [
      [4, 'HOOK-1'],
      [4.58, 'HOOK-2'],
    ] as const) {
      const sale = await till.sale(code, amount, invoiceNumber);
      const { text } = await ofSale(sale);
      expect(text).toBe(`{"id":"${String(sale.transactionId)}","type":"cardTransaction"}`);
    }
  });

  it('cardTransaction: for a refund, too; the id is the one to read the card transaction by', async () => {
    const sale = await till.sale(code, 6, 'HOOK-3');
    const order = { transactionAmount: 2, originalTransactionId: sale.transactionId, invoiceNumber: 'HOOK-4' };
    const { body } = await ofSale(await till.outcome('refund', code, order));
    const read = await till.get(`/v2/card-transactions/${String(body.id)}`);
    expect(read).toMatchObject({ status: 200, body: { transactionId: Number(body.id), type: 'refund' } });
  });

  it('terminalCancel: cancelled on the device by the customer; type and data with the six published fields', async () => {
    const { body } = await ended('customer', 1, { invoiceNumber: 'INV-9', customerCode: 'CST-9' });
    expect(body).toEqual({
      type: 'terminalCancel',
      data: {
        cancelledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        currency: 'CAD',
        deviceCode: expect.stringMatching(/^[A-Z0-9]{4}$/),
        transactionAmount: 1,
        invoiceNumber: 'INV-9',
        customerCode: 'CST-9',
      },
    });
  });

  it('terminalCancel: by the staff, too; the invoice number that the platform made is in it, never an empty one', async () => {
    const { body } = await ended('staff', 12.5);
    expect(body.data).toMatchObject({ transactionAmount: 12.5, invoiceNumber: expect.stringMatching(/^INV.+/) });
  });

  it('each has webhook-id, webhook-timestamp in seconds, and webhook-signature over id.timestamp.body', async () => {
    const { text, headers } = await ofSale(await till.sale(code, 3, 'HOOK-5'));
    const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signature } = headers;
    expect(id).toMatch(/^msg_[A-Za-z0-9_-]+$/);
    expect(timestamp).toMatch(/^\d{10}$/);
    const key = Buffer.from(receiver.secret, 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest('base64');
    expect(signature?.split(' ')).toContain(`v1,${expected}`);
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('an endpoint that chose no events gets these two and no other, each once, and all were verified', () => {
    expect(new Set(receiver.types)).toEqual(new Set(['cardTransaction', 'terminalCancel']));
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
    expect(receiver.refused).toEqual([]);
  });
});
