import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { JournalRecord } from '#terminal-sdk';
import { eventually } from '../support/eventually.js';
import { type Merchant, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { sideBySide } from './support/side-by-side.js';
import { TerminalPage } from './support/terminal-page.js';

type Cut = readonly [
  moment: 'before' | 'after',
  stage: JournalRecord['stage'],
  card: 'again' | 'once',
  status: 'approved' | 'failed' | 'cancelled' | 'abandoned',
];

/** When the power goes, whether the customer is asked for the card again, and how the payment ends. A lane each has a terminal of its own. */
const lanes: readonly (readonly Cut[])[] = [
  [
    ['before', 'received', 'again', 'approved'],
    ['after', 'received', 'again', 'approved'],
    ['before', 'begun', 'again', 'approved'],
    ['after', 'begun', 'again', 'approved'],
  ],
  [
    ['before', 'started', 'again', 'approved'],
    // The charge was promised to the journal and never asked for: the key is closed, and nothing can be charged any more.
    ['after', 'started', 'once', 'failed'],
    ['before', 'result', 'once', 'approved'],
    ['after', 'result', 'once', 'approved'],
    ['before', 'settled', 'once', 'approved'],
    ['after', 'settled', 'once', 'approved'],
  ],
  [
    ['before', 'cancelled', 'again', 'approved'],
    ['after', 'cancelled', 'once', 'cancelled'],
    ['before', 'stopped', 'once', 'cancelled'],
    ['after', 'stopped', 'once', 'cancelled'],
  ],
  [['before', 'expired', 'once', 'abandoned']],
  [['after', 'expired', 'once', 'abandoned']],
];

describe('the faults of the virtual terminal', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;

  beforeAll(async () => {
    // All of it happens at one account within a minute or two.
    const generous = { RATE_LIMIT_MINUTE: '100000', RATE_LIMIT_HOUR: '100000' };
    [world, browser] = [await World.start('embedded', generous), await TestBrowser.start()];
    merchant = await world.merchant();
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  async function ask(code: string, amount: number, more: object = {}): Promise<string> {
    const answer = await world.purchase(merchant.token, code, amount, {}, more);
    expect(answer).toMatchObject({ status: 202 });
    return answer.headers.get('location') ?? '';
  }

  const ended = (path: string, status: string) =>
    eventually(
      `${path} is ${status}`,
      async () => {
        const { body } = await world.call('GET', path, { token: merchant.token });
        expect(body).toMatchObject({ status });
        return body as { amount: number; reason: string | null };
      },
      25_000,
    );

  const charges = async (invoiceNumber: string) => {
    const path = `/v2/card-transactions?invoiceNumber=${invoiceNumber}`;
    return (await world.call('GET', path, { token: merchant.token })).body as unknown[];
  };

  async function survives(terminal: TerminalPage, code: string, [moment, stage, card, status]: Cut): Promise<void> {
    const before = await terminal.approvedCharges();
    await terminal.setFaults({ cutAt: { stage, moment } });
    const path = await ask(code, 12.5, stage === 'expired' ? { payWithin: 15 } : { deliverWithin: 60 });
    if (stage !== 'received') await terminal.shows('payment');
    if (stage === 'cancelled') await terminal.key('Cancel');
    else if (stage === 'stopped') await world.call('POST', `${path}/cancel`, { token: merchant.token });
    else if (stage !== 'received' && stage !== 'expired') await terminal.press('Tap');
    await terminal.shows('off', 30_000);
    await terminal.powerOn();
    if (card === 'again') {
      await terminal.shows('payment');
      await terminal.press('Tap');
    }
    await ended(path, status);
    // The platform knows the end first: the terminal is done with it before the next one comes.
    await terminal.hasJournaled('settled', 'stopped');
    const { body } = await world.call('GET', path, { token: merchant.token });
    const { invoiceNumber } = body as { invoiceNumber: string };
    const approved = status === 'approved' ? 1 : 0;
    expect({ moment, stage, charges: await charges(invoiceNumber) }).toMatchObject({
      ...{ moment, stage },
      charges: Array(approved).fill({ status: 'APPROVED' }),
    });
    expect({ moment, stage, charged: (await terminal.approvedCharges()) - before }).toMatchObject({
      charged: approved,
    });
  }

  sideBySide({
    'a power cut at any step of the journal ends as it must, and nobody is charged twice': async () => {
      const survivesAll = async (cuts: readonly Cut[]): Promise<void> => {
        const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
        for (const cut of cuts)
          await survives(terminal, code, cut).catch((error: unknown) => {
            throw new Error(`the power cut ${cut.join(' ')}`, { cause: error });
          });
        await terminal.close();
      };
      await Promise.all(lanes.map(survivesAll));
    },

    'without a network it says when it tries again, and comes back by itself': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      await terminal.page.getByRole('switch', { name: 'Network disconnected' }).check();
      await terminal.shows('offline');
      await terminal.says(/Trying again in \d+ s|Connecting…/);
      await terminal.isFine('offline');
      await terminal.page.getByRole('switch', { name: 'Network disconnected' }).uncheck();
      await terminal.shows('ready', 30_000);

      const path = await ask(code, 11);
      await terminal.shows('payment');
      await terminal.setFaults({ unplugged: true });
      await terminal.says(/No connection/);
      await terminal.isFine('payment-offline');
      await terminal.setFaults({ unplugged: false, duplicates: true, delayMs: 200 });
      await terminal.page.locator('.display').getByRole('button', { name: 'Tap' }).click({ timeout: 75_000 });
      await ended(path, 'approved');
      expect(await terminal.approvedCharges()).toBe(1);
      await terminal.close();
    },

    'asks the card network until it says what became of a payment': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      await terminal.setFaults({ acquirerDown: true });
      const path = await ask(code, 13);
      await terminal.shows('payment');
      await terminal.press('Tap');
      await terminal.hasJournaled('started');
      await terminal.powerCut();
      await terminal.shows('off');
      await terminal.isFine('off');
      await terminal.press('Switch on');
      await terminal.says(/Checking with the card network whether this payment went through/);
      await terminal.isFine('processing-recovering');
      await terminal.setFaults({ acquirerDown: false });
      await terminal.shows('failed');
      await terminal.isFine('failed');
      expect(await ended(path, 'failed')).toMatchObject({ reason: 'interrupted' });
      expect(await terminal.approvedCharges()).toBe(0);
      await terminal.close();
    },

    'a damaged journal is told to the platform, which no longer trusts what this terminal held': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      await terminal.setFaults({ acquirerDown: true });
      const path = await ask(code, 13.5);
      await terminal.shows('payment');
      await terminal.press('Tap');
      await terminal.hasJournaled('started');
      await terminal.powerCut();
      await terminal.damageJournal();
      await terminal.powerOn();
      expect(await ended(path, 'unknown')).toMatchObject({ reason: 'journal_lost' });
      await terminal.close();
    },
    'a frozen terminal does nothing, and goes on where it was': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      await terminal.setFaults({ frozen: true });
      const path = await ask(code, 14, { deliverWithin: 60 });
      await terminal.isFine('frozen');
      await terminal.setFaults({ frozen: false });
      await terminal.shows('payment');
      await terminal.setFaults({ frozen: true });
      await terminal.page.keyboard.press('Escape');
      await terminal.page.locator('.keypad').getByLabel('Cancel').click({ force: true });
      await terminal.setFaults({ frozen: false });
      await terminal.choose('slow');
      await terminal.press('Tap');
      await ended(path, 'approved');
      await terminal.close();
    },

    'a clock that is hours off keeps nothing from working': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      await terminal.page.getByLabel('Clock (a change restarts the terminal)').selectOption('180');
      await terminal.shows('ready');
      const path = await ask(code, 15);
      await terminal.shows('payment');
      await terminal.press('Tap');
      await ended(path, 'approved');
      await terminal.close();
    },

    'a terminal that cannot write takes no payment': async () => {
      const { terminal, code } = await TerminalPage.listening(browser, world, merchant);
      await terminal.breakStorage();
      await ask(code, 16);
      await terminal.shows('out-of-order');
      await terminal.isFine('out-of-order');
      await terminal.close();
    },

    'of two pages with one terminal, the second waits for the first': async () => {
      const context = await browser.context({ locale: 'en-CA' });
      const first = await TerminalPage.in(browser, context, world);
      await first.shows('welcome');
      const second = await TerminalPage.in(browser, context, world);
      await second.shows('elsewhere');
      await second.isFine('elsewhere');
      expect(await second.page.getByRole('button', { name: 'Replace with a new terminal' }).count()).toBe(0);
      expect(await second.page.getByRole('switch', { name: 'Network disconnected' }).isDisabled()).toBe(true);
      // Nor by a program: the key and the journal of the first one stay.
      await second.page.evaluate(() => window.tillgateTerminal?.replace());
      await second.powerOn();
      await second.shows('elsewhere');
      await first.press('Start');
      await first.shows('account');
      await first.page.close();
      await second.shows('account');
      await second.close();
    },
  });
});
