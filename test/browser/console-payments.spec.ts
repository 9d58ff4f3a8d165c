import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { type Acquirer, TestAcquirer } from '#terminal-sdk';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { Receiver } from '../support/receiver.js';
import { becomeListening, customerWhoPays, type Merchant, type TestTerminal, World } from '../support/world.js';
import { passDeadline } from './support/past.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';

interface Payment {
  readonly id: string;
  readonly status: string;
  readonly invoiceNumber: string;
}

/** A step of the timeline that was not the first. */
const later = (title: string) => expect.stringMatching(new RegExp(`^${title}\\n[^]* · \\d+(\\.\\d)? m?s later$`));

describe('payments in the console', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;
  let paying: TestTerminal & { code: string };
  let page: ConsolePage;

  beforeAll(async () => {
    [world, browser] = [
      await World.start('embedded', { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' }),
      await TestBrowser.start(),
    ];
    merchant = await world.merchant();
    paying = await world.listeningTerminal(merchant);
    customerWhoPays(paying.terminal);
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  const row = (text: string) => page.page.getByRole('row').filter({ hasText: text });
  const read = async (id: string) => (await world.call('GET', `/v2/payments/${id}`, { token: merchant.token })).body;
  const becomes = (id: string, wanted: object) =>
    eventually(`REST says ${JSON.stringify(wanted)}`, async () => {
      expect(await read(id)).toMatchObject(wanted);
    });
  const listed = async (query: string) => {
    const { body } = await world.call('GET', `/v2/payments?${query}`, { token: merchant.token });
    return (body as { data: Payment[] }).data;
  };
  async function pay(code: string, body: object, wait = 20): Promise<Payment> {
    const answer = await eventually('the purchase is accepted', async () => {
      const options = {
        token: merchant.token,
        body: { currency: 'CAD', ...body },
        headers: { prefer: `wait=${wait}` },
      };
      const sent = await world.call('POST', `/v2/devices/${code}/payment/purchase`, options);
      return sent.status < 300 ? sent : false;
    });
    return answer.body as Payment;
  }

  it('are listed as they happen, filtered, and saved as a file', async () => {
    page = await ConsolePage.open(browser, world, merchant.administrator);
    await page.go('Payments');
    await page.says('No payment yet');
    await page.isFine('payments-none');
    await pay(paying.code, { transactionAmount: 10.25, invoiceNumber: 'A-1' });
    await row('A-1').getByText('Approved').waitFor();
    await pay(paying.code, { transactionAmount: 20.58, invoiceNumber: 'A-2' });
    await row('A-2').getByText('Declined').waitFor();
    await row('A-1').getByText('$10.25').waitFor();
    await row('A-1').hover();
    await page.isFine('payments');

    const [file] = await Promise.all([page.page.waitForEvent('download'), page.press('Export CSV')]);
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/,declined,over_limit,20\.58,.*,A-2,/);

    await page.fill('Invoice number', 'A-2');
    await row('A-1').waitFor({ state: 'detached' });
    expect(new URL(page.page.url()).searchParams.get('invoiceNumber')).toBe('A-2');
    await page.fill('Invoice number', '');
    await row('A-1').waitFor();
    await page.field('Status').first().click();
    await page.page.getByRole('option', { name: 'Approved' }).click();
    await row('A-2').waitFor({ state: 'detached' });
    await page.fill('Device code', '0000');
    await page.says('No payment matches');
  });

  it('more than one page of them is followed to the end', async () => {
    const many = await world.merchant();
    const terminal = await world.listeningTerminal(many);
    const token = many.token;
    for (let number = 0; number < 51; number += 1) {
      const { headers } = await world.purchase(token, terminal.code, number + 1);
      await world.call('POST', `${headers.get('location') ?? ''}/cancel`, { token });
    }
    page = await ConsolePage.open(browser, world, many.administrator, '/payments');
    await page.says('$51.00');
    expect(await page.page.getByRole('row').count()).toBe(51);
    await page.press('Show older ones');
    await page.says('$1.00');
    const [file] = await Promise.all([page.page.waitForEvent('download'), page.press('Export CSV')]);
    expect((await readFile(await file.path(), 'utf8')).split('\r\n')).toHaveLength(52);
  });

  it('one tells what the webhooks were told of it', async () => {
    const receiver = await Receiver.start();
    const { token } = merchant;
    const body = { url: receiver.url, types: ['payment.approved', 'cardTransaction'] };
    const { body: made } = await world.call('POST', '/v2/webhooks', { token, body });
    receiver.secret = (made as { secret: string }).secret;
    const { id } = await pay(paying.code, { transactionAmount: 14, invoiceNumber: 'W-1' });
    page = await ConsolePage.open(browser, world, merchant.administrator, `/payments/${id}`);
    for (const type of ['payment.approved', 'cardTransaction'])
      await row(type).filter({ hasText: 'Delivered' }).waitFor();
    await page.isFine('payment-webhooks');
    await row('payment.approved')
      .getByRole('button', { name: /^Look at/ })
      .click();
    await page.dialog.getByText(new RegExp(`"id": "${id}"`)).waitFor();
    await page.page.keyboard.press('Escape');
    const { id: webhookId } = made as { id: string };
    await world.call('DELETE', `/v2/webhooks/${webhookId}`, { token });
    await receiver.stop();
  });

  it('one tells its story with the time between, and is given back in parts', async () => {
    const { id } = await pay(paying.code, { transactionAmount: 30, invoiceNumber: 'B-1', description: 'Lunch' });
    page = await ConsolePage.open(browser, world, merchant.administrator, '/payments');
    await row('B-1').getByRole('link').click();
    await page.shows('Payment');
    await page.says('Lunch');
    const told = page.page.locator('.mantine-Timeline-item');
    await eventually('each step is told, in order, and how long after the one before', async () => {
      expect(await told.allInnerTexts()).toEqual([
        expect.stringMatching(/^Requested\n/),
        ...['Received by the terminal', 'Shown on the terminal', 'Card presented'].map(later),
        ...['Authorised by the card network', 'Settled: approved'].map(later),
      ]);
    });
    await page.says(/Visa 424242······4242/);
    await page.isFine('payment');

    await page.press('Refund');
    await expectField('Amount', '30.00');
    await page.fill('Amount', '12.50');
    await page.isFine('payment-refund');
    await page.dialog.getByRole('button', { name: 'Start the refund' }).click();
    await page.shows('Refund');
    await page.says('Approved');
    await page.page.goBack();
    await page.shows('Payment');
    await page.press('Refund');
    await expectField('Amount', '17.50');
    await page.dialog.getByRole('button', { name: 'Start the refund' }).click();
    await page.shows('Refund');
    await page.says('Approved');
    const refunds = (await listed('status=approved')).filter((one) => 'kind' in one && one.kind === 'refund');
    expect(refunds).toMatchObject([{ amount: 17.5 }, { amount: 12.5 }]);
    await page.page.goto(`${world.platform.url}/console/payments/${id}`);
    await page.press('Refund');
    await page.says('All of it was refunded: $30.00.');
  });

  const expectField = (label: string, value: string) =>
    eventually(`${label} is ${value}`, async () => {
      expect(await page.field(label).inputValue()).toBe(value);
    });

  it('one is cancelled while it can be', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    const { id } = await pay(code, { transactionAmount: 5 }, 0);
    await untilState(terminal, 'it asks for a card', ({ screen }) => screen === 'payment');
    page = await ConsolePage.open(browser, world, merchant.staff, `/payments/${id}`);
    await page.says('On the terminal');
    await page.press('Cancel');
    await page.says('Cancelled');
    await page.says('By the point of sale “Till”');
    await page.says('By Stan, in the console');
    await becomes(id, { status: 'cancelled', reason: 'by_pos' });
    await page.page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
  });

  it('one that nobody knows the end of is settled with how one knows', async () => {
    const never = new Promise<never>(() => undefined);
    const acquirer = { authorise: () => never, resolve: () => never };
    const { terminal } = await world.newTerminal({ acquirer });
    await terminal.setUp.complete(merchant.administrator);
    await terminal.logIn({ pin: merchant.administrator.pin });
    const code = await becomeListening(terminal);
    customerWhoPays(terminal);
    const { id } = await pay(code, { transactionAmount: 44 }, 0);
    await becomes(id, { status: 'processing' });
    terminal.stop();
    page = await ConsolePage.open(browser, world, merchant.administrator, '/payments');
    await page.says('Card presented');
    await passDeadline(world.platform.databaseUrl, id);
    await row('$44.00').getByText('Unknown').waitFor();
    await row('$44.00').getByRole('link').click();
    await page.press('Settle it');
    await page.dialog.getByLabel('Approved: the customer paid').check();
    await page.fill('How do you know\\?', 'On the list of the acquirer');
    await page.isFine('payment-settle');
    await page.confirm('Settle it');
    await becomes(id, { status: 'approved' });
    await page.says('settled manually');
    await page.isFine('payment-settled');
    await page.go('Audit log');
    await row('settled an unknown payment as approved').filter({ hasText: 'On the list of the acquirer' }).waitFor();
  });

  it('one that was settled against what the terminal then reports says so', async () => {
    const bank = new TestAcquirer();
    let answer: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const acquirer: Acquirer = {
      authorise: (key, authorisation) => slow.then(() => bank.authorise(key, authorisation)),
      resolve: (key) => bank.resolve(key),
    };
    const { terminal } = await world.newTerminal({ acquirer });
    await terminal.setUp.complete(merchant.administrator);
    await terminal.logIn({ pin: merchant.administrator.pin });
    const code = await becomeListening(terminal);
    customerWhoPays(terminal);
    const { id } = await pay(code, { transactionAmount: 45 }, 0);
    await becomes(id, { status: 'processing' });
    await passDeadline(world.platform.databaseUrl, id);
    await becomes(id, { status: 'unknown' });
    page = await ConsolePage.open(browser, world, merchant.administrator, `/payments/${id}`);
    await page.press('Settle it');
    await page.dialog.getByLabel('Failed: nothing was charged').check();
    await page.fill('How do you know\\?', 'The customer said so');
    await page.confirm('Settle it');
    await page.says('settled manually');
    answer();
    await page.says('The terminal reported something else');
    await page.says('It says: approved, $45.00.');
    await page.says('The terminal reported: approved');
    await becomes(id, { status: 'failed' });
    await page.isFine('payment-contradicted');
    await page.go('Overview');
    await page.says('The payment of $45.00 counts as failed, and the terminal then reported: approved.');
    await page.isFine('overview-contradicted');
    await page.page.getByRole('link', { name: 'Open the payment of $45.00' }).click();
    await page.shows('Payment');
    terminal.stop();
  });

  it('one is tried from the console, with the call that it stands for, and followed to its end', async () => {
    page = await ConsolePage.open(browser, world, merchant.administrator);
    await page.go('Try a payment');
    await page.fill('Amount in CAD', '11.5');
    await page.fill('Shown to the customer', "Joe's lunch");
    await page.fill('Invoice number', 'TRY-1');
    await page.says(`"transactionAmount":11.5,"description":"Joe'\\''s lunch","invoiceNumber":"TRY-1"`);
    await page.says('$API_TOKEN');
    await page.page.getByRole('combobox', { name: 'Terminal' }).click();
    await page.page.getByRole('option', { name: new RegExp(paying.code) }).click();
    await page.says(`/v2/devices/${paying.code}/payment/purchase`);
    await page.isFine('try');
    await page.press('Send it to the terminal');
    await page.page.getByRole('status').getByText('Approved').first().waitFor();
    await page.isFine('try-approved');
    expect(await listed('invoiceNumber=TRY-1')).toMatchObject([{ status: 'approved', amount: 11.5 }]);
  });

  it('one is tried by staff, who type the code', async () => {
    page = await ConsolePage.open(browser, world, merchant.staff, '/try');
    await page.fill('Terminal', paying.code.toLowerCase());
    await page.fill('Invoice number', 'TRY-2');
    await page.press('Send it to the terminal');
    await page.page.getByRole('status').getByText('Approved').first().waitFor();
    expect(await listed('invoiceNumber=TRY-2')).toHaveLength(1);
  });

  it('one is sent with the keyboard alone', async () => {
    page = await ConsolePage.at(browser, world, '/try');
    await page.says('Log in to the console');
    const { keyboard } = page.page;
    const { email, password } = merchant.administrator;
    for (const text of [email, password]) {
      await keyboard.press('Tab');
      await keyboard.type(text);
    }
    await keyboard.press('Enter');
    await page.shows('Try a payment');
    await page.page.getByRole('combobox', { name: 'Terminal' }).waitFor();
    await tabTo(page.page.getByRole('link', { name: 'Skip to the content' }), 1);
    await page.isFine('skip-link');
    await keyboard.press('Enter');
    await tabTo(page.field('Invoice number'), 8);
    await keyboard.type('TRY-3');
    await keyboard.press('Enter');
    await page.page.getByRole('status').getByText('Approved').first().waitFor();
    expect(await listed('invoiceNumber=TRY-3')).toMatchObject([{ status: 'approved' }]);
  });

  const tabTo = async (wanted: Locator, within: number) => {
    const isThere = () => wanted.evaluate((element) => element === document.activeElement);
    for (let pressed = 0; pressed < within && !(await isThere()); pressed += 1) await page.page.keyboard.press('Tab');
    expect(await isThere()).toBe(true);
  };

  it('say nothing wrong in the browser', () => {
    expect(browser.trouble).toEqual([]);
  });
});
