import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { json, refusal, tokenUntil } from '../../../test/support/terminal-sdk/fake-platform.js';
import { Held } from '../../../test/support/terminal-sdk/desk.js';
import { aProceed, aRequest, aResult, first, noon, second } from '../../../test/support/terminal-sdk/payments.js';
import { SwitchedOn } from '../../../test/support/terminal-sdk/switched-on.js';
import { pass, until, untilPassed, useTestTimers } from '../../../test/support/terminal-sdk/turns.js';
import { testCards } from './acquirer/test-cards.js';
import { MemoryJournal } from './payments/journal.js';

const visa = { card: testCards.visa, entryMode: 'tap' } as const;
let on: SwitchedOn;
beforeEach(() => {
  useTestTimers(noon);
});
afterEach(() => {
  on.terminal.stop();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A payment from its request to the acquirer. */
const pay = async (paymentId = first) => {
  on.sockets.newest.says(aRequest({ paymentId }));
  await pass(0);
  await on.terminal.presentCard({ paymentId, ...visa });
  on.sockets.newest.says(aProceed({ paymentId }));
  await pass(0);
};
/** The platform confirms what was said about money, so that the link stays. */
const acknowledgeAll = () => {
  for (const { type, id } of on.sockets.newest.sent)
    if (String(type).startsWith('payment.')) on.sockets.newest.says({ type: 'ack', of: String(id) });
};

describe('a terminal', () => {
  it('that is new is set up, logs in, registers, connects, and takes a payment', async () => {
    on = await SwitchedOn.listening();
    on.answer = () => Promise.resolve(aResult());
    await pay();
    acknowledgeAll();
    await pass(2_000);
    const before = ['setup', 'registering', 'offline', 'code', 'ready'];
    expect(on.screens).toEqual([...before, 'payment', 'processing', 'approved', 'ready']);
    expect(on.saved).toMatchObject({ session: on.session, connectSequence: 1 });
  });

  it('is told by the log-in which steps of the set-up are missing', async () => {
    on = new SwitchedOn();
    on.platform.on('/device/v1/sessions', () => refusal(409, 'setup_required', { missing: ['account'] }));
    const terminal = await on.start();
    await expect(terminal.logIn({ pin: '1234' })).rejects.toMatchObject({ code: 'setup_required' });
    expect(terminal.state).toMatchObject({ screen: 'setup', missingSteps: ['account'] });
    expect(on.saved.missingSteps).toEqual(['account']);
  });

  it('begins anew with a platform that does not know it', async () => {
    on = new SwitchedOn();
    on.saved = { missingSteps: [], session: on.session, connectSequence: 4 };
    const unknown = () => refusal(401, 'unknown_device');
    on.platform.on('/device/v1/registration', unknown).on('/device/v1/sessions', unknown);
    const terminal = await on.start();
    await until('it is logged out', () => terminal.state.screen === 'logged_out');
    await expect(terminal.logIn({ pin: '1234' })).rejects.toMatchObject({ code: 'unknown_device' });
    expect(terminal.state).toMatchObject({ screen: 'setup', missingSteps: ['network', 'app', 'account'] });
    expect(on.saved).toMatchObject({ session: null, missingSteps: ['network', 'app', 'account'] });
  });

  it('goes on with its session when it is switched on again, by a new token if the old one has expired', async () => {
    on = new SwitchedOn();
    const sessionToken = tokenUntil(noon + 600_000, 'next');
    on.saved = { missingSteps: [], session: on.session, connectSequence: 4 };
    on.platform
      .on(
        '/device/v1/registration',
        () => refusal(401, 'invalid_proof'),
        () => json({ code: 'K7QX' }),
      )
      .on('/device/v1/sessions/current/token', () => json({ sessionToken }));
    await on.start();
    await until('the token is renewed', () => on.saved.session?.sessionToken === sessionToken);
    await pass(1_000);
    await on.connects();
    expect(on.sockets.newest.sent[0]).toMatchObject({ sessionToken, connectSequence: 5 });
  });

  it('that was locked while it was off says so', async () => {
    on = new SwitchedOn();
    on.saved = { missingSteps: [], session: on.session, connectSequence: 4 };
    on.platform
      .on('/device/v1/registration', () => refusal(401, 'invalid_proof'))
      .on('/device/v1/sessions/current/token', () => refusal(403, 'device_forbidden'));
    await on.start();
    await until('the terminal is locked', () => on.terminal.state.screen === 'locked');
  });

  it('takes no card without a connection, and none that nobody asks for', async () => {
    on = await SwitchedOn.listening();
    await on.terminal.presentCard({ paymentId: first, ...visa });
    on.sockets.newest.says(aRequest());
    await pass(0);
    on.terminal.dropLink();
    await on.terminal.presentCard({ paymentId: first, ...visa });
    expect(on.terminal.state.screen).toBe('payment');
    expect(on.sockets.newest.types()).not.toContain('payment.begin');
  });

  it('shows each result once, also while the one before is not settled', async () => {
    on = await SwitchedOn.listening();
    on.answer = () => Promise.resolve(aResult({ outcome: 'declined' }));
    await pay();
    acknowledgeAll();
    await pass(2_000);
    on.answer = () => Promise.resolve(aResult());
    await pay(second);
    acknowledgeAll();
    expect(on.terminal.state.outcome).toMatchObject({ paymentId: second });
    await pass(2_000);
    on.sockets.newest.says({ type: 'payment.settled', paymentId: second });
    await pass(0);
    expect(on.terminal.state.outcome).toBeNull();
  });
});

describe('a session', () => {
  it('says how a payment ended that no card was charged for', async () => {
    on = await SwitchedOn.listening();
    on.sockets.newest.says(aRequest());
    await pass(0);
    expect(on.terminal.state).toMatchObject({ screen: 'payment', attempts: 0, ended: null });
    await on.terminal.cancelPayment(first, 'staff');
    expect(on.terminal.state).toMatchObject({ screen: 'cancelled', ended: { paymentId: first, by: 'staff' } });
    expect(on.terminal.payments).toMatchObject([{ paymentId: first, stage: 'cancelled' }]);
  });

  it('that the platform ends over the link shows so, and brings its results by HTTP', async () => {
    on = await SwitchedOn.listening();
    const answer = new Held<ReturnType<typeof aResult>>();
    on.answer = () => answer.promise;
    on.platform.on('/device/v1/results', () => json({ settled: [first] }));
    await pay();
    on.sockets.newest.says({ type: 'session.end', reason: 'console' });
    await pass(0);
    answer.resolve(aResult());
    await pass(60_000);
    await untilPassed('the result is settled', () => (on.journal as MemoryJournal).records.at(-1)?.stage === 'settled');
    expect(on.terminal.state).toMatchObject({ screen: 'logged_out', connected: false, code: null });
    expect(on.saved.session).toBeNull();
    expect((on.journal as MemoryJournal).records.at(-1)).toEqual({ paymentId: first, stage: 'settled' });
  });

  it('can be left although the platform has ended it already', async () => {
    on = await SwitchedOn.listening();
    on.platform.on('/device/v1/sessions/current', () => refusal(401, 'session_ended'));
    await on.terminal.logOut();
    expect(on.terminal.state.screen).toBe('logged_out');
  });

  it('is not left while the platform cannot be told', async () => {
    on = await SwitchedOn.listening();
    await expect(on.terminal.logOut()).rejects.toThrow('fetch failed');
    expect(on.terminal.state.screen).toBe('ready');
  });

  it('is not mixed with the one before, whose renewal comes late', async () => {
    on = await SwitchedOn.listening();
    const late = new Held<Response>();
    on.platform.on('/device/v1/sessions/current/token', () => late.promise);
    on.sockets.newest.ends(4401);
    await until('the token is renewed', () => on.platform.asked('/device/v1/sessions/current/token').length === 1);
    const session = { ...on.session, session: { id: second, number: 2 }, sessionToken: tokenUntil(noon + 700_000) };
    on.platform.on('/device/v1/sessions', () => json(session, 201));
    await on.terminal.logIn({ pin: '1234' });
    await on.connects(2);
    late.resolve(refusal(401, 'session_ended'));
    await pass(5_000);
    expect(on.saved.session).toEqual(session);
    expect(on.sockets.made).toHaveLength(2);
  });
});

describe('a terminal that has slept', () => {
  it('obeys no go-ahead of before, and says so when it is connected again', async () => {
    on = await SwitchedOn.listening();
    const asked: string[] = [];
    on.answer = () => {
      asked.push('acquirer');
      return Promise.resolve(aResult());
    };
    on.sockets.newest.says(aRequest());
    await pass(0);
    await on.terminal.presentCard({ paymentId: first, ...visa });
    on.sleptMs = 3_600_000;
    on.sockets.newest.says(aProceed());
    await pass(0);
    expect(asked).toEqual([]);
    await pass(1_000);
    await on.connects(2);
    expect(on.sockets.newest.sent.at(-1)).toMatchObject({ type: 'payment.not_started', paymentId: first, attempt: 1 });
    expect(on.terminal.state.screen).toBe('payment');
  });

  it('finds out by itself, also when nothing was sent to it', async () => {
    on = await SwitchedOn.listening();
    on.sleptMs = 60_000;
    await pass(250);
    await pass(1_000);
    await on.connects(2);
    expect(on.terminal.state.screen).toBe('ready');
  });
});

describe('a store that does not take what must be kept', () => {
  it('makes the terminal stop, and not forget that its session is over', async () => {
    on = await SwitchedOn.listening();
    on.space = false;
    on.sockets.newest.says({ type: 'session.end', reason: 'logged_out' });
    await until('it says so', () => on.terminal.state.screen === 'out_of_order');
    expect(on.saved.session).not.toBeNull();
  });

  it('nor breaks anything when it is the platform that ends the session at a renewal', async () => {
    on = await SwitchedOn.listening();
    on.space = false;
    on.platform.on('/device/v1/sessions/current/token', () => refusal(401, 'session_ended'));
    on.sockets.newest.ends(4401);
    await until('it says so', () => on.terminal.state.screen === 'out_of_order');
  });
});
