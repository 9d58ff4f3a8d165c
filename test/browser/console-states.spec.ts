import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customerWhoPays, type Merchant, World } from '../support/world.js';
import { accessibilityProblems, screenshot, TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';

const isRead = ({ pathname }: URL): boolean =>
  /^\/(v2|console\/v1)\//.test(pathname) && !/\/(session|stream)$/.test(pathname);

/** What each page shows once it was read. */
const pages: readonly (readonly [name: string, path: (things: Things) => string, shows: string])[] = [
  ['overview', () => '', 'Payments approved'],
  ['devices', () => '/devices', 'Ready for payment'],
  ['device', ({ code }) => `/devices/${code}`, 'App version'],
  ['payments', () => '/payments', '$10.25'],
  ['payment', ({ payment }) => `/payments/${payment}`, 'What happened'],
  ['try', () => '/try', 'Amount in CAD'],
  ['api-access', () => '/api-access', 'Last used'],
  ['webhooks', () => '/webhooks', 'https://pos.example.com/hook'],
  ['webhook', ({ webhook }) => `/webhooks/${webhook}`, 'https://pos.example.com/hook'],
  ['events', () => '/events', 'payment.approved'],
  ['users', () => '/users', 'Ada (you)'],
  ['settings', () => '/settings', 'Time zone'],
  ['audit', () => '/audit', 'opened the account'],
];

interface Things {
  readonly code: string;
  readonly payment: string;
  readonly webhook: string;
}

describe('every page of the console', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;
  let things: Things;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
    merchant = await world.merchant();
    const { token } = merchant;
    const { terminal, code } = await world.listeningTerminal(merchant);
    customerWhoPays(terminal);
    const { body: paid } = await world.purchase(token, code, 10.25, { prefer: 'wait=20' });
    const address = { url: 'https://pos.example.com/hook' };
    const { body: made } = await world.call('POST', '/v2/webhooks', { token, body: address });
    things = { code, payment: (paid as { id: string }).id, webhook: (made as { id: string }).id };
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  it.each(pages)(
    '%s says that it is being read, that it could not be read, and is read again when one asks',
    async (name, path, shows) => {
      const page = await ConsolePage.open(browser, world, merchant.administrator, '/no-such-page');
      await page.says('There is no such page');
      const held: (() => void)[] = [];
      let isWell = false;
      await page.page.route(isRead, async (route) => {
        await new Promise<void>((resolve) => held.push(resolve));
        if (isWell) return route.continue();
        await route.fulfill({
          status: 500,
          contentType: 'application/json',
          body: JSON.stringify({
            errors: ['Something went wrong here'],
            code: 'internal_error',
            requestId: 'request-1',
          }),
        });
      });
      // A stream that opens has everything read once more, which the times between tries make long.
      await page.page.route('**/v2/events/stream', (route) => route.abort('connectionfailed'));
      await page.page.goto(`${world.platform.url}/console${path(things)}`);
      await page.page.getByLabel('Loading').first().waitFor();
      expect(await accessibilityProblems(page.page)).toEqual([]);
      if (name === 'overview') await screenshot(page.page, 'console-loading');

      const release = setInterval(() => {
        for (const answer of held.splice(0)) answer();
      }, 50);
      const problem = page.page.getByRole('alert').filter({ hasText: 'This could not be read' }).first();
      await problem.waitFor();
      await problem.getByText('Something went wrong here').waitFor();
      await problem.getByText('Request request-1').waitFor();
      expect(await accessibilityProblems(page.page)).toEqual([]);
      if (name === 'overview') await page.isFine('failed');

      // Well only now: what the page reads by itself meanwhile must not take the button away.
      await problem.getByRole('button', { name: 'Try again' }).click();
      isWell = true;
      await page.says(shows);
      clearInterval(release);
      await page.close();
    },
    60_000,
  );
});
