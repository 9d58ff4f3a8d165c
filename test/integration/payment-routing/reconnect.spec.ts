import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aTerminal, stored, type Terminal, types } from './terminal.js';

describe('a device that connects', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterEach(async () => {
    expect(await platform.query('SELECT reason FROM messaging.dead_letter')).toEqual([]);
  });
  afterAll(() => platform.stop());

  const said = async (terminal: Terminal, id: string, work: () => Promise<void>): Promise<string[]> => {
    const before = terminal.frames(id).length;
    await work();
    return types(terminal.frames(id).slice(before));
  };

  it('is asked for what is open, named or not', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    expect(await said(terminal, id, () => terminal.connects([]))).toEqual(['payment.request']);
    const begun = [{ paymentId: id, stage: 'begun', attempt: 1 }] as const;
    expect(await said(terminal, id, () => terminal.connects([...begun]))).toEqual(['payment.request']);
  });

  it.each([
    ['received', ['payment.withdraw']],
    ['begun', ['payment.withdraw']],
    ['started', []],
    ['result', []],
    ['cancelled', ['payment.settled']],
    ['expired', ['payment.settled']],
    ['stopped', ['payment.settled']],
  ] as const)('and holds, %s, what is over or not known here, hears %j', async (stage, frames) => {
    const terminal = await aTerminal(platform, aCaller());
    const [over, strange] = [await terminal.purchase(), randomUUID()];
    await terminal.cancelled(over);
    for (const paymentId of [over, strange]) {
      const connects = () => terminal.connects([{ paymentId, stage, attempt: 1 }]);
      expect(await said(terminal, paymentId, connects)).toEqual(frames);
    }
  });

  it('hears again that what ended since its last connection is withdrawn, and nothing older', async () => {
    const terminal = await aTerminal(platform, aCaller());
    await terminal.connects([]);
    const id = await terminal.purchase();
    await terminal.refused(id, 'expired');
    const connectsAnHourLater = async () => {
      platform.clock.forward({ seconds: 3600 });
      await terminal.connects([]);
    };
    expect(await said(terminal, id, connectsAnHourLater)).toEqual(['payment.withdraw']);
    expect(await said(terminal, id, connectsAnHourLater)).toEqual([]);
  });

  it('without its journal leaves in doubt what was processing, and nothing else', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.connects([], true);
    expect((await stored(platform, id)).status).toBe('requested');
    await terminal.begin(id);
    await terminal.connects([], true);
    expect(await stored(platform, id)).toMatchObject({ status: 'unknown', reason: 'journal_lost' });
    expect((await platform.eventsOf(id)).at(-1)?.name).toBe('PaymentUnknown');
  });

  it('names an old payment among a hundred newer ones, and it is not taken for a stranger', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const old = await terminal.purchase();
    await terminal.cancelled(old);
    await platform.query(
      `INSERT INTO payment_routing.payment
       SELECT (jsonb_populate_record(payment, jsonb_build_object('id', gen_random_uuid(),
                'updated_at', payment.updated_at + interval '1 minute'))).*
         FROM payment_routing.payment, generate_series(1, 120) WHERE id = $1`,
      [old],
    );
    await terminal.connects([{ paymentId: old, stage: 'cancelled', attempt: 0 }]);
    expect(types(terminal.frames(old)).at(-1)).toBe('payment.settled');
  });
});
