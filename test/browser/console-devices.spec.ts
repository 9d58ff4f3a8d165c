import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { type Merchant, type TestTerminal, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';

describe('devices in the console', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;
  let counter: TestTerminal & { code: string };
  let page: ConsolePage;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
    merchant = await world.merchant();
    counter = await world.listeningTerminal(merchant);
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  const device = async (code: string) => world.call('GET', `/v2/devices/${code}`, { token: merchant.token });
  const row = (text: string) => page.page.getByRole('row').filter({ hasText: text });
  const becomes = (code: string, wanted: object) =>
    eventually(`REST says ${JSON.stringify(wanted)}`, async () => {
      expect((await device(code)).body).toMatchObject(wanted);
    });

  it('says how to begin while there is none, and binds a terminal with the code it makes', async () => {
    const newcomer = await world.merchant();
    page = await ConsolePage.open(browser, world, newcomer.administrator);
    await page.go('Devices');
    await page.says('No terminal yet');
    await page.isFine('devices-none');

    await page.page.getByRole('button', { name: 'Add a terminal' }).first().click();
    const shown = page.dialog.getByText(/^[A-Z]{4}-[A-Z]{4}$/);
    const setupCode = (await shown.textContent()) ?? '';
    await page.dialog.getByText(/(10:00|9:\d\d) minutes/).waitFor();
    await page.isFine('devices-add');
    const [terminalPage] = await Promise.all([
      page.page.context().waitForEvent('page'),
      page.dialog.getByRole('link', { name: 'Open a terminal in the browser' }).click(),
    ]);
    expect(terminalPage.url()).toContain(`/terminal?setupCode=${setupCode}`);
    await terminalPage.close();

    const { terminal } = await world.newTerminal();
    await terminal.setUp.complete({ setupCode });
    await page.page.keyboard.press('Escape');
    await terminal.logIn({ pin: newcomer.administrator.pin });
    const { code } = await untilState(terminal, 'it shows its code', (state) => state.connected && state.code !== null);
    await page.says(code ?? '');
  });

  it('are listed as they are now, searched and filtered', async () => {
    const kitchen = await world.listeningTerminal(merchant);
    page = await ConsolePage.open(browser, world, merchant.administrator, '/devices');
    await row(counter.code).getByText('Ready for payment').waitFor();
    await row(kitchen.code).getByText('Ready for payment').waitFor();
    await page.isFine('devices');

    await page.fill('Search devices', kitchen.code.toLowerCase());
    await row(counter.code).waitFor({ state: 'detached' });
    await row(kitchen.code).waitFor();
    await page.fill('Search devices', '');
    kitchen.terminal.stop();
    await row(kitchen.code).getByText('Offline').waitFor();
    await page.page.getByRole('group', { name: 'Show' }).getByText('Offline').click();
    await row(counter.code).waitFor({ state: 'detached' });
    await row(kitchen.code).waitFor();
  });

  it('is named, pinged and shown a message', async () => {
    page = await ConsolePage.open(browser, world, merchant.administrator, `/devices/${counter.code}`);
    await page.shows(counter.code);
    await page.says('No payment yet');
    await page.says(/^Ada, since /);
    await page.fill('Name', 'Front counter');
    await page.fill('Place', 'Main Street 1');
    await page.press('Save');
    await page.shows('Front counter');
    await becomes(counter.code, { name: 'Front counter', location: 'Main Street 1' });

    await page.press('Ping');
    await untilState(counter.terminal, 'it is pinged', ({ ping }) => ping?.message.includes('Ada') === true);
    await page.press('Message');
    await page.fill('Text', 'Back in five minutes');
    await page.isFine('device-message');
    await page.confirm('Show it');
    await untilState(counter.terminal, 'it shows the text', ({ message }) => message === 'Back in five minutes');
    await page.isFine('device');
  });

  it('is locked and unlocked, and says so without a reload', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    page = await ConsolePage.open(browser, world, merchant.administrator, `/devices/${code}`);
    await page.press('Lock');
    await page.dialog.getByText(/takes no payments and no log-ins/).waitFor();
    await page.isFine('device-lock');
    await page.confirm('Lock');
    await page.says('Locked');
    await untilState(terminal, 'it is locked', ({ screen }) => screen === 'locked');
    await becomes(code, { locked: true });
    await page.press('Unlock');
    await page.confirm('Unlock');
    await page.saysNoMore('Locked');
    await becomes(code, { locked: false });
  });

  it('loses its code when it is unpaired', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    page = await ConsolePage.open(browser, world, merchant.administrator, `/devices/${code}`);
    await page.press('Unpair');
    await page.confirm('Unpair');
    await page.shows('Devices');
    await page.saysNoMore(code);
    await untilState(terminal, 'it is logged out', ({ screen }) => screen === 'logged_out');
    expect(await device(code)).toMatchObject({ status: 404 });
  });

  it('is retired at once, or by force while a result is owed', async () => {
    const { terminal, code } = await world.listeningTerminal(merchant);
    await world.purchase(merchant.token, code);
    await untilState(terminal, 'it asks for a card', ({ screen }) => screen === 'payment');
    page = await ConsolePage.open(browser, world, merchant.administrator, `/devices/${code}`);
    await page.press('Retire');
    await page.dialog.getByRole('button', { name: 'Retire', exact: true }).click();
    await page.dialog
      .getByText(/has no result yet/)
      .first()
      .waitFor();
    await page.isFine('device-retire');
    expect(await device(code)).toMatchObject({ status: 200 });
    await page.dialog.getByRole('checkbox').check();
    await page.confirm('Retire');
    await page.shows('Devices');
    expect(await device(code)).toMatchObject({ status: 404 });
  });

  it('are not open to staff', async () => {
    page = await ConsolePage.open(browser, world, merchant.staff, '/devices');
    await page.says('This is not open to you');
  });

  it('say nothing wrong in the browser', () => {
    // Chromium says every refusal: one that a person is told, and that of a device that went while its page was open.
    expect(browser.trouble.filter((text) => !/status of (404|409)/.test(text))).toEqual([]);
  });
});
