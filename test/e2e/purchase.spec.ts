import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { modes } from '../support/platform.js';
import { cancelOn, customerWhoPays, errorOf, type Merchant, World } from '../support/world.js';

interface Payment {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly transactionId: number | null;
  readonly timeline: readonly { status: string }[];
}

describe.each(modes)('a purchase, %s', (mode) => {
  let world: World;
  let merchant: Merchant;

  beforeAll(async () => {
    world = await World.start(mode);
    merchant = await world.merchant();
  });

  afterAll(async () => {
    await world.stop();
  });

  const read = async (id: string, headers: Record<string, string> = {}): Promise<Payment> =>
    (await world.call('GET', `/v2/payments/${id}`, { token: merchant.token, headers })).body as Payment;

  it('reaches the terminal and comes back approved, with its card transaction', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    const started = await world.purchase(merchant.token, code, 10.25);
    const { id } = started.body as Payment;
    expect(started).toMatchObject({ status: 202, body: { amount: 10.25, currency: 'CAD' } });
    // Read after the request went out: a quick terminal may have shown it by then.
    expect(['requested', 'shown']).toContain((started.body as Payment).status);
    expect(started.headers.get('location')).toBe(`/v2/payments/${id}`);

    await untilState(terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    expect(terminal.state.payment).toMatchObject({ paymentId: id, amount: 1025, currency: 'CAD' });
    await eventually('the platform knows that it is shown', async () => {
      expect((await read(id)).status).toBe('shown');
    });
    terminal.dropLink();
    await untilState(terminal, 'the link is back, and the prompt still there', (state) => state.listening);
    expect(terminal.state.screen).toBe('payment');
    customerWhoPays(terminal);
    const paid = await eventually('the payment is approved', async () => {
      const payment = await read(id, { prefer: 'wait=5' });
      expect(payment.status).toBe('approved');
      return payment;
    });
    // "received" may be overtaken by "shown": the platform takes messages as they come.
    const told = paid.timeline.map((entry) => entry.status).filter((status) => status !== 'received');
    expect(told).toEqual(['requested', 'shown', 'processing', 'approved']);

    const { body } = await world.call('GET', `/v2/card-transactions/${paid.transactionId ?? 0}`, {
      token: merchant.token,
    });
    expect(body).toMatchObject({
      paymentId: id,
      status: 'APPROVED',
      type: 'purchase',
      amount: 10.25,
      cardNumber: '4242424242',
    });
    const list = await world.call('GET', `/v2/card-transactions?search=10.25`, { token: merchant.token });
    expect(list.body).toEqual([body]);
  });

  it('comes back declined with a reason, by the cents of the amount', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    customerWhoPays(terminal);
    const answer = await world.purchase(merchant.token, code, 10.55, { prefer: 'wait=20' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'declined', reason: 'do_not_honor' } });
    expect(answer.body).toMatchObject({ cardTransaction: { status: 'DECLINED', declineReason: 'do_not_honor' } });
  });

  it('is one payment for twenty parallel requests with one idempotency key', async () => {
    const { code } = await world.listeningTerminal(merchant);
    const headers = { 'idempotency-key': randomUUID() };
    const twins = await Promise.all(Array.from({ length: 20 }, () => world.purchase(merchant.token, code, 3, headers)));
    expect(new Set(twins.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(twins.map(({ body }) => (body as Payment).id)).size).toBe(1);
    expect(twins.filter((twin) => twin.headers.get('idempotency-replayed') === 'true')).toHaveLength(19);
    const other = await world.purchase(merchant.token, code, 4, headers);
    expect(errorOf(other)).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
  });

  it('finds the device busy while another payment is open, and free afterwards', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    const first = (await world.purchase(merchant.token, code, 7)).body as Payment;
    expect(errorOf(await world.purchase(merchant.token, code, 8))).toEqual({
      status: 409,
      code: 'device_busy',
      errors: ['Device Busy'],
    });
    await untilState(terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    await cancelOn(terminal, 'customer');
    const cancelled = await eventually('the payment is cancelled', async () => {
      const payment = await read(first.id);
      expect(payment.status).toBe('cancelled');
      return payment;
    });
    expect(cancelled.reason).toBe('by_customer');
    customerWhoPays(terminal);
    const second = await world.purchase(merchant.token, code, 8, { prefer: 'wait=20' });
    expect(second).toMatchObject({ status: 200, body: { status: 'approved' } });
  });

  it('is not delivered when the terminal does not show it in time, and is never shown later', async () => {
    const { terminal, code, home, serialNumber } = await world.listeningTerminal(merchant);
    const body = { currency: 'CAD', transactionAmount: 9, deliverWithin: 2 };
    const held = (await world.purchase(merchant.token, code, 8)).body as Payment;
    await untilState(terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    await cancelOn(terminal, 'staff');
    terminal.stop();
    const started = await eventually('a payment is accepted, or the terminal is known to be gone', async () => {
      const answer = await world.call('POST', `/v2/devices/${code}/payment/purchase`, { token: merchant.token, body });
      return errorOf(answer).code === 'device_busy' ? false : answer;
    });
    const { terminal: again } = await world.newTerminal({ home, serialNumber });
    await untilState(again, 'it listens again', (state) => state.listening);
    await eventually('the cancel arrived', async () => {
      expect((await read(held.id)).status).toBe('cancelled');
    });
    if (started.status === 202)
      expect((await read((started.body as Payment).id, { prefer: 'wait=20' })).status).not.toBe('requested');
    else expect(errorOf(started).code).toBe('device_not_listening');
  });

  it('is invisible to another account, which gets the same answer as for an unknown one', async () => {
    const { code } = await world.listeningTerminal(merchant);
    const { id } = (await world.purchase(merchant.token, code, 6)).body as Payment;
    const stranger = await world.merchant();
    for (const unknown of [id, randomUUID(), 'x']) {
      const answer = await world.call('GET', `/v2/payments/${unknown}`, { token: stranger.token });
      expect(errorOf(answer)).toEqual({ status: 404, code: 'payment_not_found', errors: ['Payment Not Found'] });
    }
  });
});
