import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { testCards } from '#terminal-sdk';
import { eventually } from '../support/eventually.js';
import { modes } from '../support/platform.js';
import { Receiver } from '../support/receiver.js';
import { cancelOn, customerWhoPays, type Merchant, type TestTerminal, World } from '../support/world.js';

interface Payment {
  readonly id: string;
  readonly status: string;
  readonly transactionId: number;
}

interface LogEvent {
  readonly sequence: number;
  readonly type: string;
  readonly data: { readonly id: string };
}

/** What a till without any SDK does: POST, and then learn the outcome by waiting, from the stream, and by webhook. */
describe.each(modes)('a till that only speaks HTTP, %s', (mode) => {
  let world: World;
  let merchant: Merchant;
  let receiver: Receiver;
  let made: TestTerminal & { code: string };
  const streamed: LogEvent[] = [];
  const hangUp = new AbortController();

  beforeAll(async () => {
    receiver = await Receiver.start();
    world = await World.start(mode, { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
    merchant = await world.merchant();
    made = await world.listeningTerminal(merchant);
    const types = ['cardTransaction', 'terminalCancel', 'payment.approved', 'payment.declined', 'payment.cancelled'];
    const { body } = await call('POST', '/v2/webhooks', { url: receiver.url, types });
    receiver.secret = (body as { secret: string }).secret;
    void follow();
  });

  afterAll(async () => {
    hangUp.abort();
    await world.stop();
    await receiver.stop();
  });

  const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    world.call(method, path, { token: merchant.token, headers, ...(body ? { body } : {}) });

  async function follow(): Promise<void> {
    const headers = { 'api-token': merchant.token };
    const url = `${world.platform.url}/v2/events/stream?after=0`;
    const response = await fetch(url, { headers, signal: hangUp.signal }).catch(() => undefined);
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response?.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
          if (data !== undefined) streamed.push(JSON.parse(data) as LogEvent);
          text = text.slice(end + 2);
        }
      }
    } catch {
      // the test hung up
    }
  }

  // "shown" may be overtaken by the card: the platform takes messages as they come.
  const streamedTypes = (id: string) =>
    streamed.filter(({ data, type }) => data.id === id && type !== 'payment.shown').map(({ type }) => type);
  const hooks = (id: string) =>
    receiver.received.filter(({ body }) => (body.data as { id?: string } | undefined)?.id === id);

  it('learns of a purchase, of a refund and of a decline three ways, and finds them by invoice number', async () => {
    const { terminal, code } = made;
    await eventually('payments reach the terminal', async () => {
      const { status } = await call('GET', `/v2/devices/${code}/ping`);
      expect(status).toBe(202);
    });
    customerWhoPays(terminal);
    const waits = { prefer: 'wait=30' };
    const order = { currency: 'CAD', transactionAmount: 12.5, invoiceNumber: 'TABLE-4' };
    const bought = await eventually('the purchase is taken', async () => {
      const answer = await call('POST', `/v2/devices/${code}/payment/purchase`, order, waits);
      expect(answer).toMatchObject({ status: 200, body: { status: 'approved', amount: 12.5 } });
      return answer.body as Payment;
    });
    const back = { transactionAmount: 2.5, originalTransactionId: bought.transactionId, invoiceNumber: 'TABLE-4' };
    const refunded = await call('POST', `/v2/devices/${code}/payment/refund`, back, waits);
    expect(refunded).toMatchObject({ status: 200, body: { kind: 'refund', status: 'approved', amount: 2.5 } });
    const declined = await call(
      'POST',
      `/v2/devices/${code}/payment/purchase`,
      { ...order, transactionAmount: 1.58 },
      waits,
    );
    expect(declined).toMatchObject({ status: 200, body: { status: 'declined', reason: 'over_limit' } });

    for (const { id, status } of [bought, refunded.body as Payment, declined.body as Payment]) {
      await eventually('the stream told the whole story', () => {
        expect(streamedTypes(id)).toEqual(['payment.requested', 'payment.processing', `payment.${status}`]);
      });
      await eventually('the webhook told the end', () => {
        expect(hooks(id).map(({ body }) => body.type)).toEqual([`payment.${status}`]);
      });
    }
    await eventually('each card transaction was told in the published shape', () => {
      const told = receiver.received.filter(({ body }) => body.type === 'cardTransaction').map(({ body }) => body);
      expect(told).toHaveLength(3);
      expect(told).toContainEqual({ id: String(bought.transactionId), type: 'cardTransaction' });
    });
    const found = (await call('GET', '/v2/payments?invoiceNumber=TABLE-4')).body as { data: Payment[] };
    expect(found.data.map(({ status }) => status).sort()).toEqual(['approved', 'approved', 'declined']);
    expect(receiver.refused).toEqual([]);
  });

  it('cancels at once, and the card that comes too late is not charged', async () => {
    const other = await world.listeningTerminal(merchant);
    const order = { currency: 'CAD', transactionAmount: 9, invoiceNumber: 'TABLE-5' };
    const { id } = await eventually('the purchase is taken', async () => {
      const answer = await call('POST', `/v2/devices/${other.code}/payment/purchase`, order);
      expect(answer.status).toBe(202);
      return answer.body as Payment;
    });
    await untilState(other.terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    expect(await call('POST', `/v2/payments/${id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: 'cancelled', reason: 'by_pos', transactionId: null },
    });
    await other.terminal.presentCard({ paymentId: id, card: testCards.visa, entryMode: 'tap' });
    await untilState(other.terminal, 'the prompt is gone', ({ screen }) => screen === 'ready');
    await eventually('stream and webhook told it', () => {
      expect(streamedTypes(id).at(-1)).toBe('payment.cancelled');
      expect(hooks(id).map(({ body }) => body.type)).toEqual(['payment.cancelled']);
    });
    expect(receiver.types).not.toContain('terminalCancel');
    expect((await call('GET', `/v2/payments/${id}`)).body).toMatchObject({ status: 'cancelled', transactionId: null });
  });

  it('hears of a customer who cancels on the terminal in the published shape, too', async () => {
    const other = await world.listeningTerminal(merchant);
    const order = { currency: 'CAD', transactionAmount: 7, invoiceNumber: 'TABLE-6', customerCode: 'CST-6' };
    await eventually('the purchase is taken', async () => {
      expect((await call('POST', `/v2/devices/${other.code}/payment/purchase`, order)).status).toBe(202);
    });
    await untilState(other.terminal, 'the prompt is shown', ({ screen }) => screen === 'payment');
    await cancelOn(other.terminal, 'customer');
    await eventually('the webhook told it', () => {
      expect(receiver.received.map(({ body }) => body)).toContainEqual({
        type: 'terminalCancel',
        data: {
          cancelledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
          ...{ currency: 'CAD', deviceCode: other.code, transactionAmount: 7 },
          ...{ invoiceNumber: 'TABLE-6', customerCode: 'CST-6' },
        },
      });
    });
  });

  it('reads one log without gaps, and each event once', () => {
    const sequences = streamed.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
  });
});
