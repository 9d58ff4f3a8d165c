import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PassDeadlines } from '../../../libs/payment-routing/src/application/pass-deadlines.js';
import { eventually } from '../../support/eventually.js';
import { aCaller, gatewayIsAlive, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, stored, type Terminal, types } from './terminal.js';

describe('the time of a payment', () => {
  let platform: Platform;
  beforeEach(async () => {
    platform = await startPlatform();
  });
  afterEach(() => platform.stop());

  const becomes = (id: string, status: string) =>
    eventually(`the payment is ${status}`, async () => (await stored(platform, id)).status === status);
  const requests = (terminal: Terminal, id: string): number =>
    types(terminal.frames(id)).filter((type) => type === 'payment.request').length;
  /** Another payment whose time has come was asked for: what was not asked for with it will not be while the clock stands. */
  const requestsWereSent = async (): Promise<void> => {
    const probe = await aTerminal(platform, aCaller());
    const id = await probe.purchase();
    await platform.query('UPDATE payment_routing.payment SET ask_at = $2 WHERE id = $1', [id, platform.clock.now()]);
    await eventually('the other payment was asked for', () => requests(probe, id) === 2);
  };

  it('to be shown is over after deliverWithin: not delivered, withdrawn, and a late card is stopped', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase({ deliverWithin: 5 });
    const waiting = terminal.get(`/v2/payments/${id}`, { prefer: 'wait=20' });
    platform.clock.forward({ seconds: 6 });
    expect((await waiting).json()).toMatchObject({ status: 'not_delivered', reason: 'not_reached' });
    await eventually('it is withdrawn', () => types(terminal.frames(id)).includes('payment.withdraw'));
    await terminal.begin(id);
    expect(types(terminal.frames(id)).at(-1)).toBe('payment.stop');
    expect((await platform.eventsOf(id)).map(({ name }) => name)).toEqual(['PaymentRequested', 'PaymentNotDelivered']);
    expect((await terminal.post({ currency: 'CAD', transactionAmount: 1 })).statusCode).toBe(202);
  });

  it.each([
    ['not_shown', (terminal: Terminal, id: string) => terminal.received(id)],
    ['device_busy', (terminal: Terminal, id: string) => terminal.refused(id, 'busy')],
  ] as const)('to be shown ends with the reason %s when the device said so', async (reason, says) => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await says(terminal, id);
    platform.clock.forward({ seconds: 11 });
    await becomes(id, 'not_delivered');
    expect((await stored(platform, id)).reason).toBe(reason);
  });

  it('to pay is over after payWithin: abandoned, and withdrawn', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase({ deliverWithin: 5, payWithin: 15 });
    await terminal.shown(id);
    platform.clock.forward({ seconds: 25 });
    await becomes(id, 'abandoned');
    await eventually('it is withdrawn', () => types(terminal.frames(id)).includes('payment.withdraw'));
  });

  it('and a card race to one truth: over without a go-ahead, or a go-ahead that stands', async () => {
    const terminals = await Promise.all(Array.from({ length: 30 }, () => aTerminal(platform, aCaller())));
    const paying = await Promise.all(
      terminals.map(async (terminal) => {
        const id = await terminal.purchase({ deliverWithin: 5, payWithin: 15 });
        await terminal.shown(id);
        return { terminal, id };
      }),
    );
    platform.clock.forward({ seconds: 25 });
    const sweeper = platform.app.get(PassDeadlines);
    const cards = paying.map(({ terminal, id }) => terminal.begin(id));
    await Promise.all([...cards, sweeper.execute(), sweeper.execute()]);
    const ends = { processing: ['payment.proceed'], abandoned: ['payment.stop', 'payment.withdraw'] };
    for (const { terminal, id } of paying) {
      await eventually('the payment has one end', async () => {
        const said = types(terminal.frames(id)).filter((type) => type !== 'payment.request');
        expect(ends).toMatchObject({ [(await stored(platform, id)).status]: said.sort() });
        return true;
      });
    }
  });

  it('in processing is over after 90 s: unknown, which does not block the device, and a late result ends it', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await terminal.begin(id);
    platform.clock.forward({ seconds: 90 });
    await becomes(id, 'unknown');
    expect((await stored(platform, id)).reason).toBe('device_silent');
    expect(types(terminal.frames(id))).not.toContain('payment.withdraw');
    await gatewayIsAlive(platform);
    await terminal.purchase();
    await terminal.reports(aResult(id));
    expect((await stored(platform, id)).status).toBe('approved');
    expect((await terminal.get(`/v2/payments/${id}`)).json()).toMatchObject({
      timeline: [{ status: 'requested' }, { status: 'processing' }, { status: 'unknown' }, { status: 'approved' }],
    });
  });

  it('of many payments is passed at once, by one statement each for the payments and their events', async () => {
    const terminals = await Promise.all(Array.from({ length: 30 }, () => aTerminal(platform, aCaller())));
    const ids = await Promise.all(terminals.map((terminal) => terminal.purchase()));
    // Who asks again at the same moment would hold some of them back from the one statement.
    await platform.query('UPDATE payment_routing.payment SET ask_at = NULL WHERE id = ANY($1)', [ids]);
    platform.clock.forward({ seconds: 11 });
    await Promise.all(ids.map((id) => becomes(id, 'not_delivered')));
    const sql = 'SELECT DISTINCT xmin::text FROM payment_routing.payment WHERE id = ANY($1)';
    expect(await platform.query(sql, [ids])).toHaveLength(1);
    for (const id of ids) expect(await platform.eventsOf(id)).toHaveLength(2);
  });

  it('the request is sent again every 2 s up to deliverWithin, and then every 10 s while the payment is open', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const isAsked = (times: number) =>
      eventually(`it was asked for ${times} times`, () => requests(terminal, id) === times);
    for (const times of [2, 3, 4]) {
      platform.clock.forward({ seconds: 2 });
      await isAsked(times);
    }
    await terminal.shown(id);
    platform.clock.forward({ seconds: 4 });
    await isAsked(5);
    platform.clock.forward({ seconds: 9 });
    await requestsWereSent();
    expect(requests(terminal, id)).toBe(5);
    platform.clock.forward({ seconds: 1 });
    await isAsked(6);
  });

  it('no request goes to a device that is offline, nor for what has ended or waits for a human', async () => {
    const [offline, ended, mismatched] = [
      await aTerminal(platform, aCaller()),
      await aTerminal(platform, aCaller()),
      await aTerminal(platform, aCaller()),
    ];
    const terminals = [offline, ended, mismatched];
    const ids = await Promise.all(terminals.map((terminal) => terminal.purchase({ deliverWithin: 60 })));
    const [first = '', second = '', third = ''] = ids;
    await offline.becomes({ listening: false, reason: 'offline', node: null, connectionId: null });
    await ended.cancelled(second);
    await mismatched.reports(aResult(third, { currency: 'USD' }));
    platform.clock.forward({ seconds: 30 });
    await requestsWereSent();
    expect([requests(offline, first), requests(ended, second), requests(mismatched, third)]).toEqual([1, 1, 1]);
    await offline.becomes({});
    await eventually('it is asked when it is back', () => requests(offline, first) === 2);
  });
});
