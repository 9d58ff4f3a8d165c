import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { becomeListening, customerWhoPays, type Merchant, type TestTerminal, World } from '../support/world.js';
import { passDeadline } from './support/past.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';
import { accepted, answerLost, unreachable } from './support/trouble.js';

interface Payment {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
}

describe('the console, when something goes wrong', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;
  let paying: TestTerminal & { code: string };
  let page: ConsolePage;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
  });

  beforeEach(async () => {
    merchant = await world.merchant();
    paying = await world.listeningTerminal(merchant);
  });

  afterEach(async () => {
    await page.close();
    // What was made to go wrong is an error in the browser's own log.
    browser.trouble.splice(0);
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  const open = async (path = '', person = merchant.administrator) => {
    page = await ConsolePage.open(browser, world, person, path);
  };
  const payments = async (): Promise<readonly Payment[]> => {
    const { body } = await world.call('GET', '/v2/payments', { token: merchant.token });
    return (body as { data: Payment[] }).data;
  };
  const silence = (path: string | RegExp, how: (route: Route) => Promise<void> = unreachable) =>
    page.page.route(path, how);
  const undo = (path: string | RegExp) => page.page.unroute(path);

  it('sends a payment whose answer was lost once, however long the platform is away and whatever is shown between', async () => {
    await accepted(() => world.call('GET', `/v2/devices/${paying.code}/ping`, { token: merchant.token }));
    await open('/try');
    const [purchase, devices] = ['**/payment/purchase', /\/v2\/devices(\?|$)/] as const;
    await page.fill('Amount in CAD', '12.34');
    await silence(purchase, answerLost);
    await silence(devices);
    const asked = page.page.waitForRequest(devices, { timeout: 30_000 });
    await page.press('Send it to the terminal');
    await page.says('The platform cannot be reached');
    await asked;
    // The list of devices is given up, too: what was typed stays.
    await page.page.waitForTimeout(5_000);
    expect(await page.field('Amount in CAD').inputValue()).toBe('12.34');
    await page.go('Payments');
    await page.go('Try a payment');
    await undo(purchase);
    await undo(devices);
    await page.fill('Amount in CAD', '12.34');
    await page.press('Send it to the terminal');
    await page.page.getByRole('status').getByText('On the terminal').first().waitFor();
    expect(await payments()).toHaveLength(1);
  });

  it('gives back once what was sent twice, also when the dialog was closed between', async () => {
    customerWhoPays(paying.terminal);
    const { body } = await accepted(() => world.purchase(merchant.token, paying.code, 20, { prefer: 'wait=20' }));
    await open(`/payments/${(body as Payment).id}`);
    await page.press('Refund');
    await page.fill('Amount', '5.00');
    const refund = '**/payment/refund';
    await silence(refund, answerLost);
    // What is known of the payment does not change under the form.
    await silence('**/details');
    await page.dialog.getByRole('button', { name: 'Start the refund' }).click();
    await page.dialog.getByText('The platform cannot be reached').waitFor();
    await undo('**/details');
    await page.page.keyboard.press('Escape');
    await eventually('it was given back', async () =>
      (await payments()).some(({ kind, status }) => kind === 'refund' && status === 'approved'),
    );
    await undo(refund);
    await page.press('Refund');
    await page.dialog.getByText('You can refund up to $15.00').waitFor();
    await page.fill('Amount', '5.00');
    await page.dialog.getByRole('button', { name: 'Start the refund' }).click();
    await page.shows('Refund');
    expect((await payments()).filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });

  it('says what is being given back, and does not offer it again', async () => {
    const never = new Promise<never>(() => undefined);
    customerWhoPays(paying.terminal);
    const { body } = await accepted(() => world.purchase(merchant.token, paying.code, 20, { prefer: 'wait=20' }));
    const { id, transactionId } = body as Payment & { transactionId: number };
    const { terminal } = await world.newTerminal({ acquirer: { authorise: () => never, resolve: () => never } });
    await terminal.setUp.complete(merchant.administrator);
    await terminal.logIn({ pin: merchant.administrator.pin });
    const code = await becomeListening(terminal);
    customerWhoPays(terminal);
    const order = { transactionAmount: 8, originalTransactionId: transactionId };
    const asked = { token: merchant.token, body: order };
    const started = await accepted(() => world.call('POST', `/v2/devices/${code}/payment/refund`, asked));
    const refund = (started.body as Payment).id;
    await untilState(terminal, 'the card is charged', ({ screen }) => screen === 'processing');
    await open(`/payments/${id}`);
    await page.press('Refund');
    await page.dialog.getByText('A refund of $8.00 is in progress, or its outcome is unknown.').waitFor();
    await page.dialog.getByText('You can refund up to $12.00').waitFor();
    await page.page.keyboard.press('Escape');

    terminal.stop();
    await passDeadline(world.platform.databaseUrl, refund);
    await page.page.goto(`${world.platform.url}/console/payments/${refund}`);
    await page.press('Settle it');
    await page.dialog.getByText('lost contact while the refund was being sent').waitFor();
    await page.dialog.getByLabel('Approved: the customer was refunded').check();
    await page.fill('How do you know\\?', 'On the list of the acquirer');
    await page.isFine('refund-settle');
    await page.confirm('Settle it');
    await page.says('Ada: On the list of the acquirer');
    await page.page.goto(`${world.platform.url}/console/payments/${id}`);
    await page.says('Refunded');
    await page.press('Refund');
    await page.dialog.getByText('You can refund up to $12.00').waitFor();
  });

  it('says that it does not know whether all is well, and to staff what it looked at', async () => {
    page = await ConsolePage.at(browser, world, '');
    await silence('**/v2/webhooks');
    await page.fill('E-mail address', merchant.administrator.email);
    await page.fill('Password', merchant.administrator.password);
    await page.press('Log in');
    await page.says('Not all of it could be read right now');
    expect(await page.page.getByText('All is well').count()).toBe(0);
    await page.close();
    await open('', merchant.staff);
    await page.says(/^No payment has an unknown outcome\. Your role/);
  });

  it('gives up a call that is not answered, and one whose answer breaks off', async () => {
    await open(`/devices/${paying.code}`);
    const lock = `**/v2/devices/${paying.code}/lock`;
    const breaking = createServer((_, response) => {
      response.writeHead(409, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{', () => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(breaking, 'listening');
    const { port } = breaking.address() as AddressInfo;
    const ways = [
      (route: Route) => route.continue({ url: `http://127.0.0.1:${port}/` }),
      () => new Promise<void>(() => undefined),
    ];
    for (const way of ways) {
      await silence(lock, way);
      await page.press('Lock');
      await page.dialog.getByRole('button', { name: 'Lock' }).click();
      await page.dialog.getByText('The platform cannot be reached').waitFor({ timeout: 45_000 });
      await page.page.keyboard.press('Escape');
      await page.dialog.waitFor({ state: 'hidden' });
      await undo(lock);
    }
    breaking.close();
  });

  it('says that a log-out did not work', async () => {
    await open();
    await silence('**/console/v1/session');
    await page.press('Ada');
    await page.page.getByRole('menuitem', { name: 'Log out', exact: true }).click();
    await page.says('You are still logged in.');
  });

  it('saves only the settings that were changed here', async () => {
    const cookie = await world.cookieOf(merchant.administrator);
    await open('/settings');
    await page.fill('Pay within, seconds', '61');
    await world.call('PATCH', '/v2/settings', { cookie, body: { deliverWithin: 21 } });
    await page.press('Save');
    await page.says('Saved.');
    const { body } = await world.call('GET', '/v2/settings', { cookie });
    expect(body).toMatchObject({ payWithin: 61, deliverWithin: 21 });
    await eventually('the form follows', async () => {
      expect(await page.field('Deliver within, seconds').inputValue()).toBe('21');
    });
  });

  it('marks the field that the platform does not take', async () => {
    await open('/users');
    await page.press('Add a user');
    await page.fill('Name', 'Max');
    await page.fill('PIN', '12');
    await page.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.dialog.locator('[aria-invalid=true]').waitFor();
    expect(await page.field('PIN').getAttribute('aria-invalid')).toBe('true');
    await page.page.keyboard.press('Escape');
    await page.press('Add a user');
    expect(await page.dialog.getByRole('alert').count()).toBe(0);
  });

  it('says when a text cannot be copied, and where a code is not whole yet', async () => {
    await open('/payments');
    await page.fill('Device code', 'NB7');
    await page.says('Four letters and digits');
    expect(await page.page.getByRole('button', { name: 'Export CSV' }).count()).toBe(0);
    await page.page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: () => Promise.reject(new Error('not on this address')) },
      });
    });
    await page.go('Try a payment');
    await page.press('Copy the call');
    await page.says('Select the text and copy it by hand.');
  });
});
