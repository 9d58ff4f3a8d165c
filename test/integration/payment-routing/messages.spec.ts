import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, stored, type Terminal, types, ways } from './terminal.js';

describe('what the platform does with a message', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterEach(async () => {
    expect(await platform.query('SELECT reason FROM messaging.dead_letter')).toEqual([]);
  });
  afterAll(() => platform.stop());

  const messages: Readonly<Record<string, (terminal: Terminal, id: string) => Promise<void>>> = {
    shown: (terminal, id) => terminal.shown(id),
    begin1: (terminal, id) => terminal.begin(id, 1),
    begin2: (terminal, id) => terminal.begin(id, 2),
    begin3: (terminal, id) => terminal.begin(id, 3),
    not_started1: (terminal, id) => terminal.notStarted(id, 1),
    not_started2: (terminal, id) => terminal.notStarted(id, 2),
    cancelled1: (terminal, id) => terminal.cancelled(id, 1),
    cancelled2: (terminal, id) => terminal.cancelled(id, 2),
    result: (terminal, id) => terminal.reports(aResult(id)),
  };
  const open: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [
      'requested',
      {
        ...{ shown: 'shown 0', begin1: 'processing 1 proceed', begin3: 'processing 3 proceed' },
        ...{ not_started1: 'shown 1', not_started2: 'shown 2', cancelled1: 'cancelled 0 settled' },
        result: 'approved 0 settled',
      },
    ],
    [
      'shown',
      {
        ...{ shown: 'shown 2', begin1: 'shown 2', begin2: 'shown 2', begin3: 'processing 3 proceed' },
        ...{ not_started1: 'shown 2', not_started2: 'shown 2', cancelled1: 'cancelled 2 settled' },
        result: 'approved 2 settled',
      },
    ],
    [
      'processing',
      {
        ...{ shown: 'processing 2', begin1: 'processing 2', begin2: 'processing 2 proceed' },
        ...{ begin3: 'processing 3 proceed', not_started1: 'processing 2', not_started2: 'shown 2' },
        ...{ cancelled1: 'processing 2', cancelled2: 'cancelled 2 settled', result: 'approved 2 settled' },
      },
    ],
    [
      'unknown',
      {
        ...{ shown: 'unknown 2', begin1: 'unknown 2', begin2: 'processing 2 proceed', begin3: 'processing 3 proceed' },
        ...{ not_started1: 'unknown 2', not_started2: 'abandoned 2 withdraw', cancelled1: 'unknown 2' },
        ...{ cancelled2: 'cancelled 2 settled', result: 'approved 2 settled' },
      },
    ],
  ];
  const cells = open.flatMap(([state, row]) => Object.entries(row).map(([said, then]) => [state, said, then] as const));

  const after = async (state: string, said: string): Promise<string> => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    await ways[state]?.(terminal, id);
    expect((await stored(platform, id)).status).toBe(state);
    const before = terminal.frames(id).length;
    await messages[said]?.(terminal, id);
    const { status, attempt } = await stored(platform, id);
    const answers = types(terminal.frames(id).slice(before)).map((type) => type.replace('payment.', ''));
    return [status, attempt, ...answers].join(' ');
  };

  it.each(cells)('%s, %s: %s', async (state, said, then) => {
    expect(await after(state, said)).toBe(then);
  });

  const closed = {
    ...{ shown: 'withdraw', begin1: 'stop', begin3: 'stop', not_started2: 'withdraw' },
    ...{ cancelled2: 'settled', result: 'settled' },
  };
  it.each(['approved', 'declined', 'failed', 'cancelled', 'not_delivered', 'abandoned'])(
    '%s stays so, and no late card is let through',
    async (state) => {
      for (const [said, answer] of Object.entries(closed))
        expect(await after(state, said)).toBe(`${state} 0 ${answer}`);
    },
  );

  it('notes when the terminal first had it, for who wants to see where the time went', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const times = async () =>
      (await terminal.get(`/console/v1/payments/${id}/details`)).json<{ receivedAt: string | null }>();
    expect(await times()).toMatchObject({ receivedAt: null, givenBack: 0, givingBack: 0, resolution: null });
    await terminal.received(id);
    const { receivedAt } = await times();
    expect(Date.parse(receivedAt ?? '')).toBeGreaterThan(0);
    await terminal.received(id);
    await terminal.shown(id);
    await terminal.received(id);
    expect(await times()).toMatchObject({ receivedAt });
    expect((await terminal.get(`/console/v1/payments/${randomUUID()}/details`)).statusCode).toBe(404);
  });

  it('answers twice what comes twice, and changes once', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase();
    const everything = [terminal.received(id), terminal.shown(id), terminal.begin(id), terminal.begin(id)];
    await Promise.all([...everything, terminal.shown(id), terminal.received(id)]);
    await Promise.all(Array.from({ length: 5 }, () => terminal.reports(aResult(id))));
    expect(types(terminal.frames(id)).filter((type) => type === 'payment.settled')).toHaveLength(5);
    const sql = 'SELECT id FROM payment_routing.card_transaction WHERE payment_id = $1';
    expect(await platform.query(sql, [id])).toHaveLength(1);
    const events = await platform.eventsOf(id);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ name }) => name === 'PaymentApproved')).toHaveLength(1);
  });

  it('charges nobody when a cancel and a card race: the card is stopped, or the cancel comes too late', async () => {
    for (let round = 0; round < 20; round += 1) {
      const terminal = await aTerminal(platform, aCaller());
      const id = await terminal.purchase();
      await Promise.all([terminal.cancelled(id, 0), terminal.begin(id, 1)]);
      const { status } = await stored(platform, id);
      const said = types(terminal.frames(id));
      if (status === 'cancelled')
        expect(said.lastIndexOf('payment.proceed')).toBeLessThan(said.indexOf('payment.settled'));
      else expect([status, said.includes('payment.settled')]).toEqual(['processing', false]);
    }
  });

  it('does not let another device speak of the payment', async () => {
    const [terminal, other] = [await aTerminal(platform, aCaller()), await aTerminal(platform, aCaller())];
    const id = await terminal.purchase();
    await other.cancelled(id);
    await other.begin(id);
    await other.reports(aResult(id));
    expect((await stored(platform, id)).status).toBe('requested');
    expect(types(other.frames(id))).toEqual(['payment.settled', 'payment.stop', 'payment.settled']);
  });

  describe('a device that is busy', () => {
    it('is helped with what it holds, and is asked again', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const [ended, strange] = [await terminal.purchase(), randomUUID()];
      await terminal.cancelled(ended);
      const id = await terminal.purchase();
      await terminal.refused(id, 'busy', ended);
      await terminal.refused(id, 'busy', strange);
      await terminal.refused(id, 'busy');
      expect((await stored(platform, id)).status).toBe('requested');
      expect(types(terminal.frames(ended)).at(-1)).toBe('payment.withdraw');
      expect(types(terminal.frames(strange))).toEqual(['payment.withdraw']);
    });

    it('with an unknown payment is asked what became of it', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const held = await terminal.purchase();
      await ways.unknown?.(terminal, held);
      const id = await terminal.purchase();
      const before = terminal.frames(held).length;
      await terminal.refused(id, 'busy', held);
      expect(types(terminal.frames(held).slice(before))).toEqual(['payment.request']);
    });

    it('takes either the unknown payment that comes back or a new one at the same moment, never both', async () => {
      const unknowns = await Promise.all(
        Array.from({ length: 30 }, async () => {
          const terminal = await aTerminal(platform, aCaller());
          const id = await terminal.purchase();
          await ways.unknown?.(terminal, id);
          return { terminal, id };
        }),
      );
      for (const { terminal, id } of unknowns) {
        const order = { currency: 'CAD', transactionAmount: 1 };
        const [answer] = await Promise.all([terminal.post(order), terminal.begin(id, 2)]);
        const came = (await stored(platform, id)).status === 'processing';
        expect(answer.statusCode).toBe(came ? 409 : 202);
        expect(types(terminal.frames(id)).filter((type) => type === 'payment.proceed')).toHaveLength(came ? 2 : 1);
      }
    });

    it('gives no go-ahead to an unknown payment beside another one, and no message is stuck on it', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const first = await terminal.purchase();
      await ways.unknown?.(terminal, first);
      const second = await terminal.purchase();
      const before = terminal.frames(first).length;
      await terminal.begin(first, 2);
      await terminal.begin(first, 3);
      expect(terminal.frames(first)).toHaveLength(before);
      expect([(await stored(platform, first)).status, (await stored(platform, second)).status]).toEqual([
        'unknown',
        'requested',
      ]);
      await terminal.cancelled(second);
      await terminal.begin(first, 3);
      expect(types(terminal.frames(first)).at(-1)).toBe('payment.proceed');
    });
  });
});
