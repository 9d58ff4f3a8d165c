import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { customerWhoPays, type Merchant, type TestTerminal, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';
import { accepted, unreachable } from './support/trouble.js';

describe('the console, while something happens elsewhere', () => {
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

  const open = async (path = '') => {
    page = await ConsolePage.open(browser, world, merchant.administrator, path);
  };

  it('takes nothing away when it cannot read again who is logged in', async () => {
    await open('/api-access');
    await page.press('New API access');
    await page.fill('Name', 'Bar');
    await page.confirm('Create the token');
    const token = await page.page.getByRole('alert').locator('code').first().textContent();
    await page.page.route('**/console/v1/session', unreachable);
    const asked = page.page.waitForRequest('**/console/v1/session');
    await world.call('PUT', '/v2/settings/api-mode', { token: merchant.token, body: { enabled: false } });
    await asked;
    await page.page.waitForTimeout(5_000);
    expect(await page.page.getByRole('alert').locator('code').first().textContent()).toBe(token);
  });

  it('shows nobody what was read for the one before', async () => {
    const other = await world.merchant();
    await open('/users');
    const itsRow = page.page.getByRole('row').filter({ hasText: merchant.administrator.email });
    await itsRow.waitFor();
    await world.call('DELETE', '/console/v1/sessions', { cookie: await world.cookieOf(merchant.administrator) });
    // By itself, within seconds.
    await page.says('Log in to the console');
    await page.page.route('**/console/v1/users', () => new Promise(() => undefined));
    await page.fill('E-mail address', other.administrator.email);
    await page.fill('Password', other.administrator.password);
    await page.press('Log in');
    await page.go('Users');
    await page.page.getByLabel('Loading').first().waitFor();
    expect(await itsRow.count()).toBe(0);
  });

  it('is another’s when another has logged in in the next window', async () => {
    const other = await world.merchant();
    await open('/users');
    await page.page.getByRole('row').filter({ hasText: merchant.administrator.email }).waitFor();
    const next = await page.page.context().newPage();
    await next.goto(`${world.platform.url}/console`);
    const status = await next.evaluate(async ({ email, password }) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ email, password });
      return (await fetch('/console/v1/session', { method: 'POST', headers, body })).status;
    }, other.administrator);
    expect(status).toBeLessThan(300);
    await world.call('PUT', '/v2/settings/api-mode', { token: merchant.token, body: { enabled: false } });
    await page.page.getByRole('row').filter({ hasText: other.administrator.email }).waitFor();
    expect(await page.page.getByText(merchant.administrator.email).count()).toBe(0);
  });

  it('asks who is logged in when one comes back to a log-in that another window has done', async () => {
    await open('/users');
    const next = await page.page.context().newPage();
    await next.goto(`${world.platform.url}/console`);
    await next.getByRole('button', { name: 'Ada' }).click();
    await next.getByRole('menuitem', { name: 'Log out', exact: true }).click();
    await page.page.getByLabel('E-mail address').waitFor();
    await next.getByLabel('E-mail address').fill(merchant.administrator.email);
    await next.getByLabel('Password', { exact: true }).fill(merchant.administrator.password);
    await next.getByRole('button', { name: 'Log in' }).click();
    await next.getByRole('navigation').waitFor();
    await page.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.page.getByRole('row').filter({ hasText: merchant.administrator.email }).waitFor();
  });

  it('shows what happened while a page was first being read', async () => {
    customerWhoPays(paying.terminal);
    await open('/settings');
    const answers: (() => void)[] = [];
    await page.page.route('**/console/v1/overview', async (route) => {
      const response = await route.fetch();
      await new Promise<void>((resolve) => answers.push(resolve));
      await route.fulfill({ response });
    });
    await page.go('Overview');
    await eventually('the answer is on its way', () => answers.length > 0);
    await accepted(() => world.purchase(merchant.token, paying.code, 20, { prefer: 'wait=20' }));
    // Long enough for the page to hear of it.
    await page.page.waitForTimeout(1_500);
    const release = setInterval(() => {
      for (const answer of answers.splice(0)) answer();
    }, 50);
    await page.says('100%');
    clearInterval(release);
  });

  it('shows what happens also where answers take longer than the time between two payments', async () => {
    customerWhoPays(paying.terminal);
    await open();
    await page.press('Dismiss');
    await page.says('$0.00');
    await page.page.route('**/console/v1/overview', async (route) => {
      const response = await route.fetch();
      await pause(2_000);
      await route.fulfill({ response });
    });
    const shown = page.saysNoMore('$0.00');
    const isShown = () => Promise.race([shown.then(() => true), pause(300).then(() => false)]);
    while (!(await isShown())) {
      await accepted(() => world.purchase(merchant.token, paying.code, 20, { prefer: 'wait=20' }));
    }
    expect(await page.page.getByText('100%').count()).toBe(1);
  });

  it('is live again after an answer that is no stream', async () => {
    let refused = 0;
    page = await ConsolePage.at(browser, world, '/payments');
    await page.page.route('**/v2/events/stream', (route) => {
      refused += 1;
      return refused > 2 ? route.continue() : route.fulfill({ status: 503, body: 'starting' });
    });
    await page.fill('E-mail address', merchant.administrator.email);
    await page.fill('Password', merchant.administrator.password);
    await page.press('Log in');
    await page.says('Reconnecting');
    await accepted(() => world.purchase(merchant.token, paying.code, 7.77));
    await page.page.getByText('Connected', { exact: true }).waitFor({ timeout: 20_000 });
    await page.says('$7.77');
    expect(refused).toBe(3);
  });

  it('holds no connection while nobody sees it, and shows what happened meanwhile', async () => {
    await open('/payments');
    await page.page.getByText('Connected', { exact: true }).waitFor();
    const sight = (hidden: boolean) =>
      page.page.evaluate((isHidden) => {
        Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await sight(true);
    await page.page.getByText('Reconnecting', { exact: true }).waitFor();
    let askedAt = Date.now();
    page.page.on('request', () => (askedAt = Date.now()));
    // What it was about to ask for when it was hidden has its answer.
    await eventually('it asks for nothing any more', async () => {
      await page.page.evaluate('0');
      return Date.now() - askedAt > 2_000;
    });
    const hiddenAt = askedAt;
    await accepted(() => world.purchase(merchant.token, paying.code, 7.77));
    await page.page.waitForTimeout(1_000);
    expect(askedAt).toBe(hiddenAt);
    expect(await page.page.getByText('$7.77').count()).toBe(0);
    await sight(false);
    await page.says('$7.77');
    await page.page.getByText('Connected', { exact: true }).waitFor();
  });

  it('shows the log-in within seconds when the session is ended elsewhere, also on a page that asks for nothing', async () => {
    await open('/settings');
    await page.page.getByText('Connected', { exact: true }).waitFor();
    // Nothing that happened before makes it ask.
    await eventually('API mode is in the log', async () => {
      const { body } = await world.call('GET', '/v2/events?types=api_mode.changed', { token: merchant.token });
      return (body as { data: unknown[] }).data.length > 0;
    });
    await page.page.waitForLoadState('networkidle');
    await page.page.waitForTimeout(1_000);
    await world.call('DELETE', '/console/v1/sessions', { cookie: await world.cookieOf(merchant.administrator) });
    await page.page.getByRole('heading', { name: 'Log in to the console' }).waitFor({ timeout: 30_000 });
  });
});
