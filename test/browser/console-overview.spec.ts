import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { becomeListening, customerWhoPays, type Merchant, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';
import { gaveUpOn, offlineForAnHour, passDeadline, putAside, runsVersion } from './support/past.js';
import { TerminalPage } from './support/terminal-page.js';

describe('the overview of the console', () => {
  let world: World;
  let browser: TestBrowser;
  let page: ConsolePage;

  beforeAll(async () => {
    world = await World.start('embedded', { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
    browser = await TestBrowser.start();
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  const step = (number: number, state: string) =>
    page.page.getByLabel(`Step ${number}, ${state}`).waitFor({ timeout: 15_000 });

  it('leads from nothing to the first approved payment, with the mouse alone', async () => {
    const { administrator } = await world.merchant();
    const { email, password, pin } = administrator;
    const given = new URLSearchParams({ email, password, pin }).toString();
    page = await ConsolePage.at(browser, world, `#${given}`);
    await page.press('Log in');
    await page.shows('Overview');
    await step(1, 'to do');
    await page.says(`the PIN ${pin}`);
    await page.isFine('first-visit');

    const [opened] = await Promise.all([page.page.context().waitForEvent('page'), page.press('Open a terminal')]);
    const terminal = TerminalPage.of(browser, opened);
    await terminal.press('Start');
    await terminal.shows('account');
    await terminal.press('Add to the account');
    await terminal.shows('log-in');
    await terminal.enter(pin);
    await terminal.shows('code');
    await step(1, 'done');
    await page.says('Press Continue on the terminal first');
    await terminal.press('Continue');
    await terminal.shows('ready');

    await page.says(await terminal.code());
    await page.press('Copy the code');
    await step(2, 'done');
    await page.press('Send $10.25');
    await terminal.shows('payment');
    await page.says('On the terminal');
    await terminal.press('Tap');
    await terminal.shows('approved');
    await step(3, 'done');
    await page.says('Your first payment is approved');
    await page.says('1 of 1');
    await page.isFine('first-visit-done');

    await page.follow('See the payment');
    await page.shows('Payment');
    await page.go('Overview');
    await page.says('All is well');
    expect(await page.page.getByText(/Your first payment/).count()).toBe(0);
  });

  it('lets the first steps be put away for good', async () => {
    const { administrator } = await world.merchant();
    page = await ConsolePage.open(browser, world, administrator);
    await step(1, 'to do');
    await page.press('Dismiss');
    await page.saysNoMore('Your first payment');
    await page.page.reload();
    await page.says('What needs attention');
    expect(await page.page.getByText('Your first payment').count()).toBe(0);
  });

  /** The day of the account does not end while it is counted. */
  const makeItNoon = async (merchant: Merchant) => {
    const hours = 12 - new Date().getUTCHours();
    // In these names west is positive.
    const timeZone = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
    const cookie = await world.cookieOf(merchant.administrator);
    expect(await world.call('PATCH', '/v2/settings', { cookie, body: { timeZone } })).toMatchObject({ status: 200 });
  };

  it('counts the day, by hour and outcome, as it happens', async () => {
    const merchant = await world.merchant();
    const { terminal, code } = await world.listeningTerminal(merchant);
    customerWhoPays(terminal);
    await makeItNoon(merchant);
    page = await ConsolePage.open(browser, world, merchant.administrator);
    await page.press('Dismiss');
    await page.says('$0.00');
    const wait = { prefer: 'wait=20' };
    await world.purchase(merchant.token, code, 10.25, wait);
    await page.says('$10.25');
    await world.purchase(merchant.token, code, 20, wait);
    await world.purchase(merchant.token, code, 20.58, wait);
    await page.says('$30.25');
    await page.says('67%');
    await page.page.locator('.recharts-rectangle:visible').first().waitFor();
    await page.isFine('overview');
  });

  it('names what needs attention, each with where it is settled', async () => {
    const merchant = await world.merchant();
    const names = await whatNeedsAttention(merchant);
    page = await ConsolePage.open(browser, world, merchant.administrator);
    await page.press('Dismiss');
    await page.says('1 payment has an unknown outcome');
    await page.says('One event could not be processed');
    await page.says('http://127.0.0.1:9/hook is failing');
    await page.says(`${names.locked} is locked`);
    await page.says(new RegExp(`${names.offline} went offline 1 h`));
    await page.says(`${names.old} runs version 0.9.0; the newest is 1.0.0`);
    await page.isFine('overview-attention');

    await page.press('Try again');
    await page.saysNoMore('One event could not be processed');
    await page.follow(`Open ${names.locked}`);
    await page.press('Unlock');
    await page.confirm('Unlock');
    await page.go('Overview');
    await page.saysNoMore(`${names.locked} is locked`);
    await page.follow('Settle');
    await page.shows('Payments');
    await page.page.getByRole('row').filter({ hasText: 'Unknown' }).getByRole('link').click();
    await page.page.getByRole('button', { name: 'Settle it' }).waitFor();
  });

  async function whatNeedsAttention(merchant: Merchant) {
    const { databaseUrl } = world.platform;
    const { token } = merchant;
    const locked = await world.listeningTerminal(merchant);
    await eventually('it is locked', async () => {
      const { status } = await world.call('POST', `/v2/devices/${locked.code}/lock`, { token });
      return status === 204;
    });
    const old = await world.listeningTerminal(merchant);
    await eventually('its version is known', () => runsVersion(databaseUrl, old.code, '0.9.0').then(() => true));
    const silent = await silentTerminal(merchant);
    const { body } = await world.call('POST', '/v2/webhooks', { token, body: { url: 'http://127.0.0.1:9/hook' } });
    await putAside(databaseUrl, merchant.accountId);
    await gaveUpOn(databaseUrl, (body as { id: string }).id);
    return { locked: locked.code, old: old.code, offline: silent };
  }

  /** One that went away while it charged a card, an hour ago. */
  async function silentTerminal(merchant: Merchant): Promise<string> {
    const { databaseUrl } = world.platform;
    const never = new Promise<never>(() => undefined);
    const { terminal } = await world.newTerminal({ acquirer: { authorise: () => never, resolve: () => never } });
    await terminal.setUp.complete(merchant.administrator);
    await terminal.logIn({ pin: merchant.administrator.pin });
    const code = await becomeListening(terminal);
    customerWhoPays(terminal);
    const { body } = await world.purchase(merchant.token, code);
    const { id } = body as { id: string };
    await eventually('the card is being charged', async () => {
      const { token } = merchant;
      expect(await world.call('GET', `/v2/payments/${id}`, { token })).toMatchObject({
        body: { status: 'processing' },
      });
    });
    terminal.stop();
    await passDeadline(databaseUrl, id);
    await eventually('it is offline', () => offlineForAnHour(databaseUrl, code).then(() => true));
    return code;
  }

  it('shows staff what they may see', async () => {
    const { staff } = await world.merchant();
    page = await ConsolePage.open(browser, world, staff);
    await page.says('Payments approved');
    await page.says('No payment yet');
    await page.isFine('overview-staff');
  });

  it('says nothing wrong in the browser', () => {
    expect(browser.trouble).toEqual([]);
  });
});
