import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, type Platform, startPlatform, tokenOf } from './support.js';
import { aResult, aTerminal, stored, type Terminal, types } from './terminal.js';

describe('a cancel by the point of sale', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const cancel = (terminal: Terminal, id: string) => terminal.call('POST', `/v2/payments/${id}/cancel`);

  it.each(['requested', 'shown'])(
    'of a payment that is %s counts at once, and takes the prompt away',
    async (status) => {
      const terminal = await aTerminal(platform, aCaller());
      const id = await terminal.purchase();
      if (status === 'shown') await terminal.shown(id);
      const answer = await cancel(terminal, id);
      expect([answer.statusCode, answer.json()]).toEqual([
        200,
        expect.objectContaining({ id, status: 'cancelled', reason: 'by_pos', transactionId: null }),
      ]);
      expect(types(terminal.frames(id))).toEqual(['payment.request', 'payment.withdraw']);
      expect((await platform.eventsOf(id)).at(-1)).toMatchObject({
        name: 'PaymentCancelled',
        data: { reason: 'by_pos' },
      });
    },
  );

  it('is kept with who asked for the payment and who took it back, as they were called then', async () => {
    const till = aCaller();
    const terminal = await aTerminal(platform, till);
    const details = async (id: string) => (await terminal.get(`/console/v1/payments/${id}/details`)).json<object>();
    const id = await terminal.purchase();
    const byTill = { kind: 'api_access', name: 'Front till' };
    expect(await details(id)).toMatchObject({ requestedBy: byTill, cancelledBy: null });
    const person = { ...till, actor: { kind: 'user', id: randomUUID(), name: 'Ada' } } as const;
    const headers = { 'api-token': tokenOf(person) };
    const url = `/v2/payments/${id}/cancel`;
    expect((await platform.app.inject({ method: 'POST', url, headers })).statusCode).toBe(200);
    // Neither a repeat by somebody else nor what the device says changes it.
    await cancel(terminal, id);
    const kept = { requestedBy: byTill, cancelledBy: { kind: 'user', name: 'Ada' } };
    expect(await details(id)).toMatchObject(kept);
    await terminal.reports(aResult(id));
    expect(await details(id)).toMatchObject(kept);
  });

  it('names nobody when it is the device that ends it', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.cancelled(id);
    const details = (await terminal.get(`/console/v1/payments/${id}/details`)).json<object>();
    expect(details).toMatchObject({ requestedBy: { name: 'Front till' }, cancelledBy: null });
    expect(JSON.stringify(details)).not.toContain(terminal.caller.actor.id);
  });

  it('counts also when the device cannot be reached, and the device learns it when it is back', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.shown(id);
    await terminal.becomes({ listening: false, reason: 'offline', node: null, connectionId: null });
    expect((await cancel(terminal, id)).json()).toMatchObject({ status: 'cancelled' });
    expect(types(terminal.frames(id))).toEqual(['payment.request']);
    await terminal.becomes({});
    await terminal.connects([{ paymentId: id, stage: 'received', attempt: 0 }]);
    expect(types(terminal.frames(id)).at(-1)).toBe('payment.withdraw');
  });

  it('is the end of it: a card that comes later gets no go-ahead', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await cancel(terminal, id);
    await terminal.shown(id);
    await terminal.begin(id);
    expect(types(terminal.frames(id))).not.toContain('payment.proceed');
    expect(types(terminal.frames(id)).at(-1)).toBe('payment.stop');
    expect(await stored(platform, id)).toMatchObject({ status: 'cancelled', attempt: 0 });
  });

  it('repeated is answered the same, and nothing more happens', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const first = (await cancel(terminal, id)).json<object>();
    const again = await cancel(terminal, id);
    expect([again.statusCode, again.json()]).toEqual([200, first]);
    expect((await platform.eventsOf(id)).filter(({ name }) => name === 'PaymentCancelled')).toHaveLength(1);
  });

  it('of what the customer has cancelled already has nothing to do, and says by whom it was', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.cancelled(id);
    const answer = await cancel(terminal, id);
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'cancelled', reason: 'by_customer' }),
    ]);
  });

  it('is too late from the go-ahead on, whatever comes of it', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.begin(id);
    const late = { statusCode: 409, body: expect.stringContaining('too_late') as unknown };
    expect(await cancel(terminal, id)).toMatchObject(late);
    await terminal.connects([], true);
    expect(await stored(platform, id)).toMatchObject({ status: 'unknown' });
    expect(await cancel(terminal, id)).toMatchObject(late);
    await terminal.reports(aResult(id));
    expect(await cancel(terminal, id)).toMatchObject(late);
    expect(await stored(platform, id)).toMatchObject({ status: 'approved' });
  });

  it('counts again when the attempt did not start', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.begin(id);
    await terminal.notStarted(id);
    expect((await cancel(terminal, id)).json()).toMatchObject({ status: 'cancelled' });
  });

  it('and the card race to one truth: cancelled without a go-ahead, or a go-ahead and too late', async () => {
    const rounds = 40;
    const terminals = await Promise.all(Array.from({ length: rounds }, () => aTerminal(platform, aCaller())));
    const seen = new Set<string>();
    for (const terminal of terminals) {
      const id = await terminal.purchase();
      await terminal.shown(id);
      const [answer] = await Promise.all([cancel(terminal, id), terminal.begin(id)]);
      const { status } = await stored(platform, id);
      const proceeded = types(terminal.frames(id)).includes('payment.proceed');
      expect([answer.statusCode, status, proceeded]).toEqual(
        answer.statusCode === 200 ? [200, 'cancelled', false] : [409, 'processing', true],
      );
      seen.add(status);
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('of an unknown, foreign or malformed payment is a 404 with one and the same answer', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const foreign = await (await aTerminal(platform, aCaller())).purchase();
    const answers = await Promise.all(
      [foreign, '0193f4a0-0000-7000-8000-00000000000f', 'x', '%00'].map((id) => cancel(terminal, id)),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await stored(platform, foreign)).toMatchObject({ status: 'requested' });
  });
});
