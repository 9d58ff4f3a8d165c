import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { json } from '../../../test/support/terminal-sdk/fake-platform.js';
import { aProceed, aRequest, aResult, first, noon, payWithinMs } from '../../../test/support/terminal-sdk/payments.js';
import { SwitchedOn } from '../../../test/support/terminal-sdk/switched-on.js';
import { pass, until, untilPassed, useTestTimers } from '../../../test/support/terminal-sdk/turns.js';
import { testCards } from './acquirer/test-cards.js';
import { MemoryJournal } from './payments/journal.js';

beforeEach(() => {
  useTestTimers(noon);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const pay = async (on: SwitchedOn) => {
  on.sockets.newest.says(aRequest());
  await pass(0);
  await on.terminal.presentCard({ paymentId: first, card: testCards.visa, entryMode: 'tap' });
  on.sockets.newest.says(aProceed());
  await pass(0);
};
class FullJournal extends MemoryJournal {
  constructor(private readonly space: number) {
    super();
  }

  override append(record: Parameters<MemoryJournal['append']>[0]): Promise<void> {
    return this.records.length < this.space ? super.append(record) : Promise.reject(new Error('no space left'));
  }
}

describe('a terminal that is switched off', () => {
  it.each<[string, (on: SwitchedOn) => Promise<unknown>]>([
    ['is ready', () => Promise.resolve()],
    ['shows an outcome', (on) => ((on.answer = () => Promise.resolve(aResult())), pay(on))],
    ['waits to ask the acquirer again', (on) => pay(on)],
    ['waits to connect again', (on) => (on.sockets.newest.ends(1006), pass(0))],
    [
      'asks for a new token',
      (on) => {
        on.platform.on('/device/v1/sessions/current/token', () => new Promise(() => undefined));
        on.sockets.newest.ends(4401);
        return until('a token is asked for', () => on.platform.asked('/device/v1/sessions/current/token').length > 0);
      },
    ],
  ])('while it %s leaves nothing that runs', async (_, happens) => {
    const on = await SwitchedOn.listening();
    await happens(on);
    on.terminal.stop();
    await pass(0);
    expect(jest.getTimerCount()).toBe(0);
    const { length } = on.sockets.made;
    await pass(600_000);
    expect(on.sockets.made).toHaveLength(length);
  });

  it('while it registers ends the question to the platform and asks no more', async () => {
    const on = new SwitchedOn();
    let ended = false;
    on.platform.on('/device/v1/registration', ({ signal }) => {
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          ended = true;
          reject(new Error('aborted'));
        });
      });
    });
    const terminal = await on.start();
    await terminal.logIn({ pin: '1234' });
    await until('the code is asked for', () => on.platform.asked('/device/v1/registration').length === 1);
    terminal.stop();
    await pass(0);
    expect(ended).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
    await pass(60_000);
    expect(on.platform.asked('/device/v1/registration')).toHaveLength(1);
  });

  it('while it waits to register again asks no more', async () => {
    const on = new SwitchedOn();
    on.platform.on('/device/v1/registration', () => Promise.reject(new TypeError('fetch failed')));
    const terminal = await on.start();
    await terminal.logIn({ pin: '1234' });
    await until('the code is asked for', () => on.platform.asked('/device/v1/registration').length === 1);
    await pass(0);
    terminal.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('brings its results by HTTP when it is switched on without a session', async () => {
    const on = await SwitchedOn.listening();
    on.answer = () => Promise.resolve(aResult());
    await pay(on);
    on.terminal.stop();
    on.saved = { ...on.saved, session: null };
    on.platform.on('/device/v1/results', () => json({ settled: [first] }));
    const terminal = await on.start();
    await untilPassed('the result is settled', () => (on.journal as MemoryJournal).records.at(-1)?.stage === 'settled');
    expect((on.journal as MemoryJournal).records.at(-1)).toEqual({ paymentId: first, stage: 'settled' });
    terminal.stop();
  });
});

describe('a terminal whose journal cannot be written', () => {
  it('is out of order, closes its connection, and charges nothing', async () => {
    const on = new SwitchedOn();
    on.journal = new FullJournal(2);
    on.answer = () => Promise.resolve(aResult());
    const terminal = await on.start();
    await terminal.logIn({ pin: '1234' });
    await on.connects();
    await pay(on);
    expect(terminal.state).toMatchObject({ screen: 'out_of_order', payment: null, outcome: null });
    expect(on.sockets.newest.closedWith).toBe(1000);
    await pass(600_000);
    expect(on.sockets.made).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('already when it is switched on, makes no connection', async () => {
    const on = new SwitchedOn();
    const full = new FullJournal(1);
    await full.append({ paymentId: first, stage: 'received', request: aRequest() });
    on.journal = full;
    on.saved = { missingSteps: [], session: on.session, connectSequence: 4 };
    jest.setSystemTime(noon + payWithinMs);
    const terminal = await on.start();
    await pass(600_000);
    expect(terminal.state.screen).toBe('out_of_order');
    expect(on.platform.seen).toEqual([]);
    expect(on.sockets.made).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
