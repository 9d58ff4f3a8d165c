import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal, stored, type Terminal, types } from './terminal.js';

describe('what the platform does with a message', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterEach(async () => {
    expect(await platform.query('SELECT reason FROM messaging.dead_letter')).toEqual([]);
  });
  afterAll(() => platform.stop());

  /** Brings a payment to a state by what devices say; the attempt is 2 where a card was presented. */
  const ways: Readonly<Record<string, (terminal: Terminal, id: string) => Promise<void>>> = {
    requested: () => Promise.resolve(),
    shown: async (terminal, id) => {
      await terminal.shown(id);
      await terminal.notStarted(id, 2);
    },
    processing: (terminal, id) => terminal.begin(id, 2),
    unknown: async (terminal, id) => {
      await terminal.begin(id, 2);
      await terminal.connects([], true);
    },
    approved: (terminal, id) => terminal.reports(aResult(id)),
    declined: (terminal, id) => terminal.reports(aResult(id, { outcome: 'declined', declineReason: 'pin' })),
    failed: (terminal, id) => terminal.reports(aResult(id, { outcome: 'failed', declineReason: 'jam' })),
    cancelled: (terminal, id) => terminal.cancelled(id),
    not_delivered: (terminal, id) => terminal.refused(id, 'expired'),
    abandoned: async (terminal, id) => {
      await terminal.shown(id);
      await terminal.refused(id, 'expired');
    },
  };
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

  describe('a result', () => {
    const transactions = (id: string) =>
      platform.query<{ id: number; status: string; amount: number }>(
        'SELECT id, status, amount FROM payment_routing.card_transaction WHERE payment_id = $1 ORDER BY id',
        [id],
      );

    it.each(['cancelled', 'not_delivered', 'abandoned', 'declined'])(
      'that comes after %s is kept beside it with its card transaction, as a conflict, once',
      async (state) => {
        const terminal = await aTerminal(platform, aCaller());
        const id = await terminal.purchase();
        await ways[state]?.(terminal, id);
        const earlier = await transactions(id);
        await terminal.reports(aResult(id));
        await terminal.reports(aResult(id));
        expect((await stored(platform, id)).status).toBe(state);
        const [kept] = (await transactions(id)).slice(earlier.length);
        const conflicts = (await platform.eventsOf(id)).filter(({ name }) => name === 'PaymentConflictFound');
        expect(conflicts).toHaveLength(1);
        expect(conflicts[0]?.data).toMatchObject({
          ...{ status: state, reported: 'approved', conflictingTransactionId: kept?.id },
        });
        expect(types(terminal.frames(id)).slice(-2)).toEqual(['payment.settled', 'payment.settled']);
      },
    );

    it('of another amount leaves the payment unknown, keeps the report and settles the device', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const id = await terminal.purchase();
      await terminal.begin(id);
      await terminal.reports(aResult(id, { amount: 10_990 }));
      await terminal.begin(id, 1);
      expect(await stored(platform, id)).toMatchObject({ status: 'unknown', reason: 'result_mismatch' });
      expect(types(terminal.frames(id)).at(-1)).toBe('payment.settled');
      expect(await transactions(id)).toEqual([]);
      const sql = 'SELECT amount FROM payment_routing.reported_result WHERE payment_id = $1';
      expect(await platform.query(sql, [id])).toEqual([{ amount: 10_990 }]);
    });

    it('for a payment that is not known here is stored, reported as a conflict and settled', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const id = randomUUID();
      await terminal.reports(aResult(id, { amount: 1200, tip: 200 }));
      await terminal.reports(aResult(id, { amount: 1200, tip: 200 }));
      expect(types(terminal.frames(id))).toEqual(['payment.settled', 'payment.settled']);
      expect(await platform.eventsOf(id)).toMatchObject([
        {
          name: 'PaymentConflictFound',
          data: {
            ...{ accountId: terminal.caller.accountId, deviceCode: terminal.code, status: 'unknown' },
            ...{ reason: 'not_known', amount: 1000, tip: 200, reported: 'approved' },
          },
        },
      ]);
    });

    it('is not lost for a strange byte that the card holds', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const id = await terminal.purchase();
      const card = { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'DOE\0\ud800', token: 't' };
      await terminal.reports(aResult(id, { card, approvalCode: 'A\0' }));
      const [transaction] = (await terminal.get('/v2/card-transactions')).json<Record<string, unknown>[]>();
      expect(transaction).toMatchObject({ cardHolderName: 'DOE', approvalCode: 'A' });
    });

    const deliver = (deviceId: string, body: object) =>
      platform.app.inject({
        ...{ method: 'POST', url: '/device/v1/results', headers: { 'x-device': deviceId }, payload: body },
      });

    it('delivered by HTTPS is settled like any other', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const [id, strange] = [await terminal.purchase(), randomUUID()];
      await terminal.becomes({ listening: false, reason: 'locked' });
      const answer = await deliver(terminal.deviceId, { results: [aResult(id), aResult(strange)] });
      expect([answer.statusCode, answer.json()]).toEqual([200, { settled: [id, strange] }]);
      expect((await stored(platform, id)).status).toBe('approved');
      expect((await deliver(terminal.deviceId, { results: [aResult(id)] })).json()).toEqual({ settled: [id] });
    });

    it('of a bad form is refused with the field, and nothing is stored', async () => {
      const terminal = await aTerminal(platform, aCaller());
      const id = await terminal.purchase();
      const bad: [object, string][] = [
        [{ results: [] }, 'results'],
        [{}, 'results'],
        [{ results: Array.from({ length: 33 }, () => aResult(randomUUID())) }, 'results'],
        [{ results: [{ ...aResult(id), amount: -1 }] }, 'results.0.amount'],
        [{ results: [{ ...aResult(id), pan: '4242424242424242' }] }, 'results.0'],
      ];
      for (const [body, field] of bad) {
        const answer = await deliver(terminal.deviceId, body);
        expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, [field]]);
      }
      expect((await stored(platform, id)).status).toBe('requested');
    });
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

  describe('a device that connects', () => {
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
        platform.clock.forward(3600);
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
});
