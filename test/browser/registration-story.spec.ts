import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { errorOf, type Merchant, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';
import { TerminalPage } from './support/terminal-page.js';

/** The acceptance cases of registration as one story: a merchant at the console, two terminals, and a till that speaks REST. */
describe('a shop turns API mode on', () => {
  let world: World;
  let browser: TestBrowser;
  let shop: Merchant;
  let stranger: Merchant;
  let console: ConsolePage;
  let front: TerminalPage;
  let back: TerminalPage;
  let code: string;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
    [shop, stranger] = [await world.merchant({ apiMode: false }), await world.merchant()];
    console = await ConsolePage.open(browser, world, shop.administrator);
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  const pin = () => shop.administrator.pin;
  const pay = (at: string, token = shop.token) => world.purchaseNow(token, at);
  const pays = () => eventually('a payment is accepted', async () => (await pay(code)).status === 202);
  /** What the terminal shows may be ahead of what is known where payments are accepted. */
  const refusedWith = (error: string) =>
    eventually(`a payment is refused: ${error}`, async () => {
      const answer = await pay(code);
      const made = answer.headers.get('location');
      if (made !== null) await world.call('POST', `${made}/cancel`, { token: shop.token });
      expect(errorOf(answer)).toMatchObject({ status: 409, errors: [error] });
    });
  const switchApiMode = async (label: RegExp, says: string) => {
    await console.go('Settings');
    await console.page.getByRole('switch', { name: label }).click({ force: true });
    await console.says(says);
  };
  const logOut = async (terminal: TerminalPage, from: 'standalone' | 'ready') => {
    if (from === 'ready') await terminal.press('Options');
    await terminal.press('Log out');
    await terminal.shows('log-out');
    await terminal.press('Log out');
    await terminal.shows('logged-out');
  };

  it('R10 a terminal that is not set up is led through the missing steps before anybody can log in', async () => {
    front = await TerminalPage.open(browser, world);
    await front.shows('welcome');
    await front.press('Start');
    await front.shows('account');
    await front.press('E-mail');
    await front.fill('E-mail address', shop.administrator.email);
    await front.fill('Password', shop.administrator.password);
    await front.press('Add to the account');
    await front.shows('log-in');
  });

  it('R1 and R3 API mode is off at first, and a terminal that is logged in when it is turned on goes on in standalone mode', async () => {
    await front.enter(pin());
    await front.shows('standalone');
    await switchApiMode(/terminals work by themselves/, 'On: terminals take payments');
    const { body } = await world.call('GET', '/v2/settings/api-mode', { token: shop.token });
    expect(body).toMatchObject({ enabled: true });
    await console.go('Devices');
    await console.says('No terminal yet');
    await front.shows('standalone');
  });

  it('R2, R4 and R5 logged in again, with a PIN, it is registered by itself and shows its code', async () => {
    await logOut(front, 'standalone');
    await front.press('Log in');
    await front.enter('9999');
    await front.says('Incorrect PIN. Please try again.');
    await front.enter(pin());
    await front.shows('code');
    code = await front.code();
    expect(code).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXYZ]{4}$/);
    await console.says(code);
  });

  it('R7 and R9 before Continue a ping shows on this one terminal, and a payment is refused', async () => {
    back = await TerminalPage.loggedIn(browser, world, shop);
    await back.shows('code');
    expect(errorOf(await pay(code))).toMatchObject({ status: 409, errors: ['Device Not Listening'] });
    await eventually('the ping is sent', async () => {
      return (await world.call('GET', `/v2/devices/${code}/ping`, { token: shop.token })).status === 202;
    });
    await front.shows('ping');
    await back.shows('code');
    expect(await back.code()).not.toBe(code);
  });

  it('after Continue it takes payment', async () => {
    await front.shows('code');
    await front.press('Continue');
    await front.shows('ready');
    await pays();
    await front.shows('payment');
    await front.press('Tap');
    await front.shows('approved');
    await console.go('Payments');
    await console.says('Approved');
  });

  it('R8 a code that does not exist and one of another account get the same answer', async () => {
    const [unknown, foreign] = [errorOf(await pay('WWWW')), errorOf(await pay(code, stranger.token))];
    expect(unknown).toEqual({ status: 404, code: 'device_not_found', errors: ['Device Not Found'] });
    expect(foreign).toEqual(unknown);
  });

  it('R6 the code stays the same over a power cut', async () => {
    await front.powerCut();
    await front.powerOn();
    await front.shows('ready');
    expect(await front.code()).toBe(code);
  });

  it('R11 logging out ends the session; the code is kept', async () => {
    await logOut(front, 'ready');
    await refusedWith('Device Not Listening');
    await front.press('Log in');
    await front.enter(pin());
    await front.shows('ready');
    expect(await front.code()).toBe(code);
  });

  it('R12 API mode off: payments are refused at once, and taken again when it is on before the next log-in', async () => {
    await switchApiMode(/terminals take payments/, 'Turn off API mode?');
    await console.confirm('Turn off');
    await console.says('Off: terminals work by themselves');
    expect(errorOf(await pay(code))).toMatchObject({ status: 409, errors: ['API Mode Off'] });
    await switchApiMode(/terminals work by themselves/, 'On: terminals take payments');
    await pays();
    await front.shows('payment');
    await front.press('Cancel');
  });
});
