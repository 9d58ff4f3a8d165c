import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { type Merchant, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { sideBySide } from './support/side-by-side.js';
import { TerminalPage } from './support/terminal-page.js';

const declines = {
  do_not_honor: 'The bank did not approve it. Please use another card.',
  incorrect_pin: 'Incorrect PIN.',
  expired_card: 'This card has expired. Please use another card.',
  over_limit: 'This amount is over the card’s limit. Please use another card.',
  pick_up_card: 'This card can no longer be used. Please use another card.',
  refer_to_issuer: 'Please call the bank that issued the card.',
  service_not_allowed: 'This card cannot be used for this kind of payment.',
  amount_error: 'The bank did not accept the amount.',
};

/** What lies beyond the edge of what scrolls is not. */
const inSight = (place: Locator) =>
  place.evaluate((element) => {
    const scroll = element.closest('.scroll')?.getBoundingClientRect();
    return scroll !== undefined && element.getBoundingClientRect().bottom <= scroll.bottom + 1;
  });

describe('the virtual terminal', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
    merchant = await world.merchant();
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  /** The terminal's screen may be ahead of it. */
  const becomes = (path: string, wanted: object) =>
    eventually(`REST says so of ${path}`, async () => {
      const { body } = await world.call('GET', path, { token: merchant.token });
      expect(body).toMatchObject(wanted);
      return body as { readonly transactionId: number };
    });

  async function ask(code: string, amount: number, more: object = {}): Promise<string> {
    return eventually('the purchase is accepted', async () => {
      const body = { currency: 'CAD', transactionAmount: amount, ...more };
      const { token } = merchant;
      const answer = await world.call('POST', `/v2/devices/${code}/payment/purchase`, { token, body });
      return answer.status === 202 ? (answer.headers.get('location') ?? '') : false;
    });
  }

  const refund = (code: string, amount: number, originalTransactionId: number) =>
    eventually('the refund is accepted', async () => {
      const body = { transactionAmount: amount, originalTransactionId };
      const { token } = merchant;
      return (await world.call('POST', `/v2/devices/${code}/payment/refund`, { token, body })).status === 202;
    });

  sideBySide({
    'is set up, logs in, gets its code, and takes its first payment': async () => {
      const terminal = await TerminalPage.open(browser, world);
      await terminal.shows('welcome');
      await terminal.isFine('welcome');
      await terminal.press('Start');
      await terminal.shows('network');
      await terminal.says('The network is working and the clock is set.');
      // What passes by itself stays long enough to be looked at.
      await terminal.setFaults({ delayMs: 2_000 });
      await terminal.isFine('network');
      await terminal.shows('app');
      await terminal.isFine('app');
      await terminal.setFaults({ delayMs: 0 });
      await terminal.shows('account');
      await terminal.isFine('account-code');
      await terminal.fill('Set-up code', 'BCDF-GHJK');
      await terminal.press('Add to the account');
      await terminal.says(/This set-up code is incorrect/);
      await terminal.isFine('account-wrong-code');
      await terminal.press('E-mail');
      await terminal.isFine('account-email');
      await terminal.fill('E-mail address', merchant.administrator.email);
      await terminal.fill('Password', merchant.administrator.password);
      await terminal.press('Add to the account');
      await terminal.shows('log-in');
      await terminal.isFine('log-in');
      await terminal.enter('9999');
      await terminal.says('Incorrect PIN. Please try again.');
      await terminal.isFine('log-in-wrong-pin');
      await terminal.enter(merchant.administrator.pin);
      await terminal.shows('code');
      await terminal.isFine('code');
      await terminal.press('Continue');
      await terminal.shows('ready');
      await terminal.isFine('ready');

      const code = await terminal.code();
      const path = await ask(code, 10.25, { description: 'Two coffees' });
      await terminal.shows('payment');
      await terminal.says('Two coffees');
      await terminal.isFine('payment');
      await terminal.choose('slow');
      await terminal.readerTakes(5_000);
      await terminal.press('Tap');
      await terminal.shows('reading');
      await terminal.isFine('reading');
      await terminal.shows('processing');
      await terminal.says('Please wait.');
      await terminal.isFine('processing');
      await terminal.shows('approved', 30_000);
      await terminal.says('Thank you.');
      await terminal.isFine('approved');
      await becomes(path, { status: 'approved', cardTransaction: { entryMode: 'tap' } });
      await terminal.close();
    },

    'takes tips and a PIN, declines, cannot read a card, and refunds to the card that was charged only': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      const paid = await ask(code, 20, { tipping: { percentages: [15, 18, 20] } });
      await terminal.shows('tip');
      await terminal.isFine('tip');
      await terminal.press('Other amount');
      await terminal.enter('250');
      await terminal.says('$22.50');
      await terminal.press('Insert');
      await terminal.shows('pin');
      await terminal.isFine('pin');
      await terminal.enter('4711');
      await terminal.shows('approved');
      await terminal.says('$22.50');
      await terminal.says('Thank you. Please remove your card.');
      const ofAll = { status: 'approved', tipAmount: 2.5, cardTransaction: { entryMode: 'insert' } };
      const whole = await becomes(paid, ofAll);

      const declined = await ask(code, 5);
      await terminal.shows('payment');
      await terminal.choose('unreadable');
      await terminal.press('Swipe');
      await terminal.says(/could not be read/);
      await terminal.isFine('unreadable');
      await terminal.choose('over_limit');
      await terminal.press('Swipe');
      await terminal.shows('declined');
      await terminal.says('This amount is over the card’s limit. Please use another card.');
      await terminal.isFine('declined');
      await becomes(declined, { status: 'declined', reason: 'over_limit' });

      for (const [card, screen] of [
        ['mastercard', 'declined'],
        ['visa', 'approved'],
      ] as const) {
        await refund(code, 10, whole.transactionId);
        await terminal.shows('refund');
        await terminal.isFine('refund');
        await terminal.choose(card);
        await terminal.press('Tap');
        await terminal.shows(screen);
        await terminal.says(screen === 'approved' ? 'Refunded' : 'This is not the card used for the purchase.');
        await terminal.isFine(`refund-${screen}`);
      }
      await refund(code, 1, whole.transactionId);
      await terminal.shows('refund');
      await terminal.key('Cancel');
      await terminal.says('Cancelled on this terminal. Nothing was refunded.');
      await terminal.shows('ready');

      await terminal.press('Options');
      const last = terminal.page.locator('.journal li');
      await eventually('the last payments are listed, the newest first', async () => {
        const money = await last.allInnerTexts();
        expect(money.map((text) => text.replace(/\s+/g, ' '))).toEqual([
          expect.stringMatching(/\$1\.00 · Refund cancelled/),
          expect.stringMatching(/\$10\.00 · Refund approved/),
          expect.stringMatching(/\$10\.00 · Refund declined/),
          expect.stringMatching(/\$5\.00 declined/),
          expect.stringMatching(/\$22\.50 approved/),
        ]);
      });
      // By the keyboard: the list lies below the fold.
      await terminal.page.locator('.scroll').focus();
      for (let times = 0; times < 20; times += 1) await terminal.page.keyboard.press('ArrowDown');
      await eventually('the last one is in sight', () => inSight(last.last()));
      await terminal.isFine('options-payments');
      await terminal.close();
    },

    'says why each card was declined, and so does REST': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      for (const [reason, words] of Object.entries(declines)) {
        const path = await ask(code, 5);
        await terminal.shows('payment');
        await terminal.choose(reason);
        await terminal.press('Tap');
        await terminal.shows('declined');
        await terminal.says(words);
        await terminal.says('Nothing was charged.');
        await becomes(path, { status: 'declined', reason });
      }
      await terminal.close();
    },

    'is cancelled by the customer and by the point of sale, and ends by itself when nobody pays': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      const here = await ask(code, 7);
      await terminal.shows('payment');
      await terminal.key('Cancel');
      await terminal.shows('cancelled');
      await terminal.isFine('cancelled');
      await becomes(here, { reason: 'by_customer' });

      const there = await ask(code, 8);
      await terminal.shows('payment');
      const { token } = merchant;
      expect(await world.call('POST', `${there}/cancel`, { token })).toMatchObject({ status: 200 });
      await terminal.says('Cancelled by the point of sale. Nothing was charged.');

      const late = await ask(code, 9, { deliverWithin: 10, payWithin: 15 });
      await terminal.shows('payment');
      await terminal.shows('timed-out', 45_000);
      await terminal.isFine('timed-out');
      await becomes(late, { status: 'abandoned' });
      await terminal.close();
    },

    'shows a ping and a text, its options in two languages, and is locked, logged out and retired': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      const { token } = merchant;
      const path = `/v2/devices/${code}`;
      await terminal.setFaults({ battery: 15 });
      await eventually(
        'the ping is taken',
        async () => (await world.call('GET', `${path}/ping`, { token })).status === 202,
      );
      await terminal.shows('ping');
      await terminal.isFine('ping');
      // The ping hides it.
      await terminal.shows('ready');
      const text = { text: 'Back in five minutes', seconds: 10 };
      await world.call('POST', `${path}/display`, { token, body: text });
      await terminal.shows('message');
      await terminal.says('Back in five minutes');
      await terminal.isFine('message');
      await terminal.shows('ready');

      await terminal.press('Options');
      await terminal.shows('options');
      await terminal.says(/answers in \d+ ms/);
      await world.call('PATCH', path, { token, body: { name: 'Front counter' } });
      await terminal.says('Front counter');
      await terminal.isFine('options');
      await terminal.press('Français');
      await terminal.isFine('options-fr');
      await terminal.press('Retour');
      await terminal.says('Prêt à encaisser');
      await terminal.isFine('ready-fr');
      await terminal.press('Options');
      await terminal.press('English');

      await world.call('POST', `${path}/lock`, { token });
      await terminal.shows('locked');
      await terminal.isFine('locked');
      expect(await world.call('POST', `${path}/unlock`, { token })).toMatchObject({ status: 204 });
      await eventually('whoever lets terminals in knows it', async () => {
        expect((await world.call('GET', path, { token })).body).toMatchObject({ locked: false });
      });
      // It asks by itself after 15 to 30 s; switched on again, at once.
      await terminal.powerCut();
      await terminal.powerOn();
      await terminal.shows('ready');

      await terminal.press('Options');
      await terminal.press('Log out');
      await terminal.shows('log-out');
      await terminal.isFine('log-out');
      await terminal.press('Log out');
      await terminal.shows('logged-out');
      await terminal.isFine('logged-out');
      await terminal.press('Log in');
      await terminal.press('Use e-mail and password');
      await terminal.shows('log-in-email');
      await terminal.isFine('log-in-email');
      await terminal.fill('E-mail address', merchant.staff.email);
      await terminal.fill('Password', merchant.staff.password);
      await terminal.press('Log in');
      await terminal.shows('ready');
      expect(await terminal.code()).toBe(code);
      await eventually(
        'it is retired',
        async () => (await world.call('POST', `${path}/retire`, { token })).status === 204,
      );
      await terminal.shows('retired');
      await terminal.isFine('retired');
      await terminal.close();
    },
  });

  it('says nothing wrong in its console', () => {
    // Chromium says every refusal, also one that a person is told.
    expect(browser.trouble.filter((text) => !/status of (401|403)/.test(text))).toEqual([]);
  });
});
