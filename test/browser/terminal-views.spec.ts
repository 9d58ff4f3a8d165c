import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type Merchant, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { sideBySide } from './support/side-by-side.js';
import { TerminalPage } from './support/terminal-page.js';

describe('the views of the virtual terminal', () => {
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

  sideBySide({
    'without API mode it is standalone and says how that is changed; logged in again, it registers': async () => {
      const alone = await world.merchant({ apiMode: false });
      const terminal = await TerminalPage.loggedIn(browser, world, alone);
      await terminal.shows('standalone');
      await terminal.says('Turn on API mode in the console, under Settings.');
      await terminal.isFine('standalone');
      await world.setApiMode(alone.accountId, true);
      await terminal.press('Log out');
      await terminal.press('Log out');
      await terminal.press('Log in');
      await terminal.setFaults({ delayMs: 3_000 });
      await terminal.enter(alone.administrator.pin);
      await terminal.shows('registering');
      await terminal.isFine('registering');
      await terminal.setFaults({ delayMs: 0 });
      await terminal.shows('code');
      await terminal.close();
    },

    'is bound by a set-up code of the link, and is worked by the keyboard alone': async () => {
      const cookie = await world.cookieOf(merchant.administrator);
      const { body } = await world.call('POST', '/console/v1/setup-codes', { cookie });
      const { setupCode } = body as { setupCode: string };
      const terminal = await TerminalPage.open(browser, world, `/terminal?setupCode=${setupCode}`);
      const { keyboard } = terminal.page;
      await terminal.shows('welcome');
      await keyboard.press('Enter');
      await terminal.shows('account');
      await keyboard.press('Enter');
      await terminal.shows('log-in');
      await keyboard.type(merchant.staff.pin);
      await keyboard.press('Enter');
      await terminal.shows('code');
      await keyboard.press('Enter');
      await terminal.shows('ready');
      await world.purchase(merchant.token, await terminal.code(), 3);
      await terminal.shows('payment');
      await keyboard.press('ArrowDown');
      await terminal.isFine('keyboard');
      await keyboard.press('ArrowDown');
      await keyboard.press('Escape');
      await terminal.shows('cancelled');
      expect(await terminal.page.getByRole('status').first().textContent()).toContain('Cancelled on this terminal.');
      await terminal.close();
    },

    'a set-up link opens a new terminal beside the one that this browser has, and read again it is still that one':
      async () => {
        const context = await browser.context({ locale: 'en-CA' });
        const first = await TerminalPage.in(browser, context, world);
        await first.setUp(merchant);
        const cookie = await world.cookieOf(merchant.administrator);
        const { body } = await world.call('POST', '/console/v1/setup-codes', { cookie });
        const { setupCode } = body as { setupCode: string };
        const second = await TerminalPage.in(browser, context, world, `/terminal?setupCode=${setupCode}`);
        await second.press('Start');
        await second.shows('account');
        await second.press('Add to the account');
        await second.shows('log-in');
        const serials = await Promise.all([first, second].map((one) => one.serialNumber()));
        expect(new Set(serials).size).toBe(2);
        await second.page.reload();
        await second.shows('log-in');
        expect(await second.serialNumber()).toBe(serials[1]);
        await first.close();
      },

    'too many wrong PINs lock it out, with the time to wait': async () => {
      const terminal = await TerminalPage.open(browser, world);
      await terminal.setUp(await world.merchant());
      await eventually(
        'it is locked out',
        async () => {
          await terminal.enter('0000');
          await terminal.shows('locked-out', 1_000);
        },
        60_000,
      );
      await terminal.says(/You can try again in \d+:\d\d\./);
      await terminal.isFine('locked-out');
      await terminal.press('Use e-mail and password');
      await terminal.shows('log-in-email');
      await terminal.press('Use your PIN');
      await terminal.shows('locked-out');
      await terminal.close();
    },

    'several stand side by side, each with a storage of its own': async () => {
      const terminal = await TerminalPage.open(browser, world, '/terminal?count=4', { width: 1800, height: 900 });
      await terminal.page.waitForFunction(() => window.tillgateTerminal?.slots.every((one) => one.power() === 'on'));
      const serials = await terminal.page.evaluate(() =>
        window.tillgateTerminal?.slots.map((one) => one.state()?.serialNumber),
      );
      expect(new Set(serials).size).toBe(4);
      await terminal.page.getByRole('region', { name: 'Terminal 3' }).getByRole('button', { name: 'Start' }).click();
      await terminal.page.waitForFunction(() => location.hash.startsWith('#3-'));
      await terminal.isFine('four');
      await terminal.page.reload();
      await terminal.page.waitForFunction(() => window.tillgateTerminal?.slots.every((one) => one.power() === 'on'));
      const again = await terminal.page.evaluate(() =>
        window.tillgateTerminal?.slots.map((one) => one.state()?.serialNumber),
      );
      expect(again).toEqual(serials);
      await terminal.close();
    },

    'says that an update is needed when the platform speaks another version': async () => {
      const terminal = await TerminalPage.open(browser, world);
      await terminal.setUp(merchant);
      await terminal.page.routeWebSocket(/connect/, async (socket) => {
        await socket.close({ code: 4406 });
      });
      await terminal.enter(merchant.administrator.pin);
      await terminal.shows('update-required');
      await terminal.isFine('update-required');
      await terminal.close();
    },

    'says that it starts while its storage is opened, and that it cannot when the browser keeps nothing': async () => {
      const slow = await browser.context({ locale: 'en-CA' });
      await slow.addInitScript(() => {
        IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
      });
      const starting = await TerminalPage.in(browser, slow, world);
      await starting.shows('starting');
      await starting.isFine('starting');
      await starting.close();
      const closed = await browser.context({ locale: 'en-CA' });
      await closed.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('nothing may be kept here', 'SecurityError');
        };
      });
      const terminal = await TerminalPage.in(browser, closed, world);
      await terminal.shows('unable');
      await terminal.isFine('unable');
      await terminal.close();
    },

    'keeps its key where nobody can read it': async () => {
      const { terminal } = await TerminalPage.listening(browser, world, merchant);
      expect(await terminal.keyIsExtractable()).toBe(false);
      await terminal.close();
    },
  });

  it.each([
    ['dark', { colorScheme: 'dark' as const }],
    ['narrow', { width: 360, height: 740 }],
    ['low', { width: 1280, height: 600 }],
    ['french', { locale: 'fr-CA' }],
  ])('is well in a view that is %s', async (name, view) => {
    const terminal = await TerminalPage.open(browser, world, '/terminal', view);
    await terminal.shows('welcome');
    await terminal.isFine(`view-${name}`);
    const widths = await terminal.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
    await terminal.close();
  });
});
