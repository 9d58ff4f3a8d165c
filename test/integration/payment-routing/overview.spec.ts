import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '#http-door';
import { aCaller, gatewayIsAlive, type Platform, startPlatform, tokenOf } from './support.js';
import { aResult, aTerminal, type Terminal, ways } from './terminal.js';

interface Day {
  readonly day: string;
  readonly currency: string;
  readonly hours: readonly { hour: number; approved: number; declined: number; other: number }[];
  readonly approved: { count: number; amount: number };
  readonly refunded: { count: number; amount: number };
  readonly declined: { count: number };
  readonly other: { count: number };
  readonly unknown: { count: number };
}

const admin = { permissions: { general: 'read', settings: 'none', processing: 'admin' } } as const;

describe('how the day goes', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  /** Noon in UTC of a later day, whatever the tests before did. */
  beforeEach(() => {
    const now = platform.clock.now().getTime() / 1000;
    platform.clock.forward({ seconds: 86_400 - ((now - 43_200) % 86_400) });
  });

  const asked = (caller: Caller) =>
    platform.app.inject({ method: 'GET', url: '/console/v1/overview', headers: { 'api-token': tokenOf(caller) } });
  const overview = async (caller: Caller): Promise<Day> => (await asked(caller)).json<Day>();
  const busyHours = ({ hours }: Day) =>
    hours.filter(({ approved, declined, other }) => approved + declined + other > 0);

  async function buys(terminal: Terminal, transactionAmount: number, tip = 0): Promise<string> {
    const tipping = tip > 0 ? { tipping: { percentages: [10] } } : {};
    const id = await terminal.purchase({ transactionAmount, ...tipping });
    await terminal.begin(id, 1, tip);
    await terminal.reports(aResult(id, { amount: Math.round(transactionAmount * 100) + tip, tip }));
    return id;
  }

  async function getsBack(terminal: Terminal, paymentId: string, transactionAmount: number): Promise<void> {
    const paid = (await terminal.get(`/v2/payments/${paymentId}`)).json<{ transactionId: number }>();
    const refund = { transactionAmount, originalTransactionId: paid.transactionId };
    const answer = await terminal.call('POST', `/v2/devices/${terminal.code}/payment/refund`, refund);
    const { id } = answer.json<{ id: string }>();
    await terminal.begin(id);
    await terminal.reports(aResult(id, { amount: Math.round(transactionAmount * 100) }));
  }

  /** A terminal that still listens after the clock was moved. */
  async function at(terminal: Terminal, hours: number): Promise<Terminal> {
    platform.clock.forward({ seconds: hours * 3600 });
    await gatewayIsAlive(platform);
    await terminal.becomes({});
    return terminal;
  }

  it('is 24 quiet hours where nothing was paid', async () => {
    const caller = aCaller({ currency: 'USD' });
    const day = platform.clock.now().toISOString().slice(0, 10);
    expect(await overview(caller)).toEqual({
      ...{ day, currency: 'USD', approved: { count: 0, amount: 0 }, refunded: { count: 0, amount: 0 } },
      ...{ declined: { count: 0 }, other: { count: 0 }, unknown: { count: 0 } },
      hours: Array.from({ length: 24 }, (_, hour) => ({ hour, approved: 0, declined: 0, other: 0 })),
    });
  });

  it('counts purchases with their tips in decimal units, and what was given back on its own', async () => {
    const caller = aCaller(admin);
    const terminal = await aTerminal(platform, caller);
    const first = await buys(terminal, 10.1, 20);
    await buys(terminal, 0.2);
    await getsBack(terminal, first, 4.05);
    const day = await overview(caller);
    expect(day).toMatchObject({ approved: { count: 2, amount: 10.5 }, refunded: { count: 1, amount: 4.05 } });
    expect(day).toMatchObject({ declined: { count: 0 }, other: { count: 0 } });
    // 12:00 UTC is 5 in the morning in Edmonton.
    expect(busyHours(day)).toEqual([{ hour: 5, approved: 2, declined: 0, other: 0 }]);
  });

  it.each([
    ...['requested', 'shown', 'processing', 'unknown', 'failed', 'cancelled', 'not_delivered', 'abandoned'].map(
      (status) => [status, 'other'] as const,
    ),
    ['declined', 'declined'] as const,
  ])('counts a payment that is %s as %s, and no money of it', async (status, as) => {
    const caller = aCaller();
    const terminal = await aTerminal(platform, caller);
    await ways[status]?.(terminal, await terminal.purchase());
    const counts = { approved: { count: 0, amount: 0 }, declined: { count: 0 }, other: { count: 0 } };
    const day = await overview(caller);
    expect(day).toMatchObject({ ...counts, [as]: { count: 1 }, unknown: { count: status === 'unknown' ? 1 : 0 } });
    expect(busyHours(day)).toEqual([{ hour: 5, approved: 0, declined: 0, other: 0, [as]: 1 }]);
  });

  it('counts a refund that was declined or cancelled as nothing: rates are of purchases', async () => {
    const terminal = await aTerminal(platform, aCaller(admin));
    const paid = await buys(terminal, 10.99);
    const { transactionId } = (await terminal.get(`/v2/payments/${paid}`)).json<{ transactionId: number }>();
    for (const state of ['declined', 'cancelled']) {
      const refund = { transactionAmount: 10.99, originalTransactionId: transactionId };
      const answer = await terminal.call('POST', `/v2/devices/${terminal.code}/payment/refund`, refund);
      const { id } = answer.json<{ id: string }>();
      await ways[state]?.(terminal, id);
      expect((await terminal.get(`/v2/payments/${id}`)).json()).toMatchObject({ status: state });
    }
    expect(await overview(terminal.caller)).toMatchObject({
      ...{ approved: { count: 1 }, declined: { count: 0 }, other: { count: 0 }, refunded: { count: 0 } },
    });
  });

  it('begins and ends at midnight where the account is, and hours are its hours', async () => {
    const west = aCaller({ timeZone: 'America/New_York' });
    const terminal = await aTerminal(platform, west);
    await buys(terminal, 1);
    // 23:00, and 00:00 of the next day there; 04:00 and 05:00 UTC.
    await buys(await at(terminal, 16), 2);
    expect(busyHours(await overview(west)).map(({ hour }) => hour)).toEqual([7, 23]);
    const before = (await overview(west)).day;
    await buys(await at(terminal, 1), 4);
    const after = await overview(west);
    expect(after.day > before).toBe(true);
    expect(after).toMatchObject({ approved: { count: 1, amount: 4 } });
    expect(busyHours(after).map(({ hour }) => hour)).toEqual([0]);
    // The same account in the east: there it was one day all along from the second purchase on.
    expect((await overview({ ...west, timeZone: 'America/Halifax' })).approved).toEqual({ count: 2, amount: 6 });
  });

  it('names one day, before its first payment and after', async () => {
    // Data of time zones are not the same everywhere: in Vancouver it may be either day now.
    const caller = aCaller({ timeZone: 'America/Vancouver' });
    const terminal = await at(await aTerminal(platform, caller), 19.5);
    const { day } = await overview(caller);
    await buys(terminal, 1);
    expect((await overview(caller)).day).toBe(day);
  });

  it.each([
    ['2027-03-14', 'spring', 5, 23],
    ['2027-11-07', 'autumn', 4, 25],
  ])(
    'on %s has what was paid from midnight to midnight: the clock moves in %s',
    async (day, _season, midnight, length) => {
      const caller = aCaller({ timeZone: 'America/New_York' });
      const terminal = await aTerminal(platform, caller);
      const start = Date.parse(`${day}T00:00:00Z`) / 1000 + midnight * 3600;
      for (const when of [start - 1, start, start + length * 3600 - 1]) {
        await at(terminal, (when - platform.clock.now().getTime() / 1000) / 3600);
        await buys(terminal, 1);
      }
      const seen = await overview(caller);
      expect([seen.day, seen.approved]).toEqual([day, { count: 2, amount: 2 }]);
      expect(busyHours(seen).map(({ hour }) => hour)).toEqual([0, 23]);
      expect(seen.hours).toHaveLength(24);
    },
  );

  it('counts every payment that is unknown now, of whichever day, until it is settled', async () => {
    const caller = aCaller();
    const terminal = await aTerminal(platform, caller);
    const id = await terminal.purchase();
    await ways.unknown?.(terminal, id);
    await at(terminal, 72);
    expect(await overview(caller)).toMatchObject({ other: { count: 0 }, unknown: { count: 1 } });
    await terminal.reports(aResult(id, { attempt: 2 }));
    expect(await overview(caller)).toMatchObject({ approved: { count: 0 }, unknown: { count: 0 } });
  });

  it('tells nothing of another account', async () => {
    const terminal = await aTerminal(platform, aCaller());
    await buys(terminal, 10);
    const other = await aTerminal(platform, aCaller());
    await ways.unknown?.(other, await other.purchase());
    const day = await overview(aCaller());
    expect(day).toMatchObject({ approved: { count: 0, amount: 0 }, other: { count: 0 }, unknown: { count: 0 } });
    expect(busyHours(day)).toEqual([]);
  });

  it('is for who may read in general', async () => {
    const may = async (general: 'none' | 'read' | 'write') =>
      (await asked(aCaller({ permissions: { general, settings: 'write', processing: 'admin' } }))).statusCode;
    expect([await may('none'), await may('read'), await may('write')]).toEqual([403, 200, 200]);
  });
});
