import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { JournalRecord, TerminalState } from '#terminal-sdk';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { type Answer, type Merchant, World } from '../support/world.js';
import { check } from './checker.js';
import { Ledger } from './ledger.js';
import { ShakyTerminal, type Trouble } from './shaky-terminal.js';

/** Its waits for what breaks and comes back add up. */
/** One account makes all the load here. */
const unlimited = { RATE_LIMIT_MINUTE: '999999', RATE_LIMIT_HOUR: '999999', RATE_LIMIT_AT_ONCE: '9999' };
const tills = 4;
const slowMs = 40;

/** Small counts of what the guarantees promise, on real processes: platform and gateway apart, RabbitMQ, PostgreSQL. */
describe('whatever breaks', () => {
  let world: World;
  let merchant: Merchant;
  let ledger: Ledger;
  let terminals: ShakyTerminal[];
  /** Every payment that was answered with 202; the ledger remembers them all. */
  const acked: string[] = [];

  beforeAll(async () => {
    world = await World.start('scaled', unlimited);
    merchant = await world.merchant();
    ledger = await Ledger.start(world.platform.folder);
    const names = Array.from({ length: tills }, () => randomUUID().slice(0, 8));
    terminals = await Promise.all(
      names.map((name) => ShakyTerminal.start(world, merchant, name, ledger.acquirer(slowMs))),
    );
  });

  afterEach(() => {
    for (const terminal of terminals) terminal.trouble = {};
  });

  afterAll(async () => {
    for (const terminal of terminals) terminal.switchOff();
    await ledger.stop();
    await world.stop();
  });

  const healthy = async (): Promise<void> => {
    for (const terminal of terminals) {
      terminal.trouble = {};
      await eventually('the terminal listens', () => terminal.untilListening(), 45_000);
    }
  };

  /** One POST of a till, which repeats it under its key until it has an answer that counts. Gives the payment's id. */
  async function sell(terminal: ShakyTerminal, amount: number, times = 1): Promise<string> {
    const key = randomUUID();
    const body = { currency: 'CAD', transactionAmount: amount, deliverWithin: 20, payWithin: 30 };
    const once = (): Promise<Answer> =>
      world.call('POST', `/v2/devices/${terminal.code}/payment/purchase`, {
        token: merchant.token,
        body,
        headers: { 'idempotency-key': key },
      });
    const answer = await eventually(
      'the till has an answer',
      async () => {
        const answers = await Promise.all(Array.from({ length: times }, () => once().catch(() => undefined)));
        const taken = answers.filter((one) => one?.status === 202);
        expect(new Set(taken.map((one) => (one?.body as { id: string }).id)).size).toBe(1);
        return taken[0];
      },
      45_000,
    );
    const { id } = answer?.body as { id: string };
    acked.push(id);
    return id;
  }

  async function sellEverywhere(trouble: Trouble, rounds: number, times = 1): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      for (const terminal of terminals) terminal.trouble = trouble;
      await Promise.all(terminals.map((terminal, index) => sell(terminal, 10 + round + index / 100, times)));
    }
  }

  const steps: JournalRecord['stage'][] = ['received', 'begun', 'started', 'result', 'settled'];
  const cuts = steps.flatMap((stage) => (['before', 'after'] as const).map((when) => ({ stage, when })));

  it.each(cuts)(
    'G2: no charge is doubled or lost when the power goes $when $stage is written down',
    async (powerCut) => {
      await healthy();
      await sellEverywhere({ powerCut, copies: 2 }, 1);
      await check(world, merchant, ledger, acked);
    },
  );

  it('G2: nor when every frame comes three times, links are cut, and every POST is sent three times', async () => {
    await healthy();
    await sellEverywhere({ copies: 3, cut: 0.2 }, 3, 3);
    const { approved } = await check(world, merchant, ledger, acked);
    expect(approved).toBeGreaterThan(0);
  });

  it.each(['platform', 'gateway'] as const)(
    'G1, G6: nothing is lost when the %s is killed in the middle',
    async (name) => {
      await healthy();
      const selling = sellEverywhere({}, 2);
      await sleep(150);
      await world.platform.killAndRestart(name);
      await selling;
      await check(world, merchant, ledger, acked);
    },
  );

  it('G3: one key is one payment, although the platform is killed between twins', async () => {
    await healthy();
    const selling = Promise.all(terminals.map((terminal) => sell(terminal, 7, 5)));
    await sleep(20);
    await world.platform.killAndRestart('platform');
    await selling;
    await check(world, merchant, ledger, acked);
  });

  it('G4: a payment that was not delivered in time is never charged, although its gateway was frozen with it', async () => {
    await healthy();
    const gateway = world.platform.processes.find((one) => one.name === 'gateway')?.pid ?? 0;
    const body = { currency: 'CAD', transactionAmount: 3, deliverWithin: 2 };
    process.kill(gateway, 'SIGSTOP');
    const answers = await Promise.all(
      terminals.map((terminal) =>
        world.call('POST', `/v2/devices/${terminal.code}/payment/purchase`, { token: merchant.token, body }),
      ),
    );
    const ids = answers.flatMap(({ status, body: of }) => (status === 202 ? [(of as { id: string }).id] : []));
    await eventually('they were given up', async () => {
      for (const id of ids) {
        const { body: seen } = await world.call('GET', `/v2/payments/${id}`, { token: merchant.token });
        expect(seen).toMatchObject({ status: 'not_delivered' });
      }
    });
    process.kill(gateway, 'SIGCONT');
    await healthy();
    expect(ids.length).toBeGreaterThan(0);
    acked.push(...ids);
    await check(world, merchant, ledger, acked);
  });

  it('G5: a cancel and a card race to one truth, which both sides are told', async () => {
    await healthy();
    const outcomes: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const first = acked.length;
      await Promise.all(terminals.map((terminal) => sell(terminal, 5)));
      await sleep(Math.random() * 120);
      const answers = await Promise.all(
        acked
          .slice(first)
          .flatMap((id) =>
            [0, 1].map(() => world.call('POST', `/v2/payments/${id}/cancel`, { token: merchant.token })),
          ),
      );
      for (const { status } of answers) expect([200, 409]).toContain(status);
      const { payments } = await check(world, merchant, ledger, acked);
      payments.slice(first).forEach((payment, index) => {
        const said = [answers[2 * index]?.status, answers[2 * index + 1]?.status];
        expect([payment?.status, ...said]).toEqual(
          payment?.status === 'cancelled' ? ['cancelled', 200, 200] : ['approved', 409, 409],
        );
        outcomes.push(payment?.status ?? '');
      });
    }
    expect(new Set(outcomes).size).toBeGreaterThan(0);
  });

  it('G6: a result that no connection takes any more arrives when the terminal is back', async () => {
    await healthy();
    const [terminal] = terminals;
    if (!terminal) throw new Error('no terminal');
    const isCharging = ({ screen }: TerminalState) => screen === 'processing';
    // It pays by itself, maybe before the till has its answer.
    const charging = untilState(terminal.now, 'the card is being charged', isCharging, 60_000);
    charging.catch(() => undefined);
    const id = await sell(terminal, 8);
    await charging;
    await world.platform.killAndRestart('gateway');
    await terminal.reboot();
    await eventually(
      'the result arrived',
      async () => {
        const { body } = await world.call('GET', `/v2/payments/${id}`, { token: merchant.token });
        expect(body).toMatchObject({ status: 'approved' });
      },
      45_000,
    );
    await check(world, merchant, ledger, acked);
  });
});
