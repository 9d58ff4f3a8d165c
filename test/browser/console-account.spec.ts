import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Merchant, type Person, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';

interface Access {
  readonly name: string;
  readonly revokedAt: string | null;
}

describe('the account in the console', () => {
  let world: World;
  let browser: TestBrowser;
  let merchant: Merchant;
  let page: ConsolePage;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
    merchant = await world.merchant();
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  const enter = async (person: Person = merchant.administrator, path = '') => {
    page = await ConsolePage.open(browser, world, person, path);
  };
  const read = async (path: string): Promise<unknown> =>
    (await world.call('GET', path, { cookie: await world.cookieOf(merchant.administrator) })).body;
  const row = (text: string) => page.page.getByRole('row').filter({ hasText: text });

  it('says what is wrong with a log-in, and lets nobody in', async () => {
    const opened = await browser.open(`${world.platform.url}/console`);
    await opened.getByLabel('E-mail address').fill(merchant.administrator.email);
    await opened.getByLabel('Password', { exact: true }).fill('not the right one');
    await opened.getByRole('button', { name: 'Log in' }).click();
    await opened.getByRole('alert').filter({ hasText: 'Invalid Credentials' }).waitFor();
    await opened.context().close();
    // The refusal is an error in the browser's own log.
    browser.trouble.splice(0);
    await enter(merchant.administrator, '/settings');
    await page.shows('Settings');
  });

  it('lets nobody in for a while after five wrong passwords, and says for how long', async () => {
    const someone = await world.merchant();
    page = await ConsolePage.at(browser, world, '/payments');
    await page.isFine('log-in');
    await page.fill('E-mail address', someone.administrator.email);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await page.fill('Password', `wrong password ${attempt}`);
      const answered = page.page.waitForResponse('**/console/v1/session');
      await page.press('Log in');
      await answered;
    }
    await page.fill('Password', someone.administrator.password);
    await page.press('Log in');
    await page.says(/Too many failed attempts\. Try again in (1:00|0:5\d)\./);
    await page.isFine('log-in-locked');
    expect(await page.page.getByRole('button', { name: 'Log in' }).isDisabled()).toBe(true);
    browser.trouble.splice(0);
  });

  it('lists its users, adds one who can log in, and ends their access', async () => {
    await enter();
    await page.go('Users');
    await row('Ada (you)').waitFor();
    await page.isFine('users');
    await page.press('Add a user');
    await page.fill('Name', 'Max');
    await page.fill('E-mail address', 'max@shop.example');
    await page.press('Generate');
    const password = await page.field('Password').inputValue();
    await page.fill('PIN', '778899');
    await page.isFine('users-add');
    await page.confirm('Add');
    await row('max@shop.example').waitFor();
    await page.says('The password of Max');
    expect(await page.page.getByRole('alert').locator('code').first().textContent()).toBe(password);
    expect(await world.cookieOf({ email: 'max@shop.example', password, pin: '778899' })).not.toBe('');
    await page.press('End access of Max');
    await page.isFine('users-end');
    await page.confirm('End access');
    await row('Max').filter({ hasText: 'Ended' }).waitFor();
  });

  it('says why a user cannot be added', async () => {
    await enter();
    await page.go('Users');
    await page.press('Add a user');
    await page.fill('Name', 'Nora');
    await page.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.dialog
      .getByRole('alert')
      .filter({ hasText: /needs a PIN/ })
      .waitFor();
    browser.trouble.splice(0);
  });

  it('changes a user, who then is what the form says and logs in with the new password', async () => {
    const someone = { email: 'nora@shop.example', password: 'not known to anybody', pin: '443322' };
    const body = { name: 'Nora', role: 'staff', ...someone };
    await world.call('POST', '/console/v1/users', { cookie: await world.cookieOf(merchant.administrator), body });
    await enter();
    await page.go('Users');
    await page.press('Change Nora');
    await page.fill('Name', 'Nora Ray');
    await page.dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.page.getByRole('option', { name: /^Manager/ }).click();
    await page.press('Generate');
    const password = await page.field('New password').inputValue();
    await page.fill('New PIN', '12');
    await page.dialog.getByRole('button', { name: 'Save' }).click();
    await page.dialog.getByRole('alert').filter({ hasText: 'PIN must have 4 to 10 digits.' }).waitFor();
    await page.fill('New PIN', '554433');
    await page.isFine('users-change');
    await page.confirm('Save');
    await row('Nora Ray').filter({ hasText: 'manager' }).waitFor();
    await page.says('The password of Nora Ray');
    await page.isFine('users-changed');
    await page.go('Audit log');
    await row('changed the user Nora Ray')
      .filter({ hasText: 'new name · now manager · new password · new PIN' })
      .waitFor();
    await page.close();
    await enter({ ...someone, password });
    await page.go('Users');
    expect(await page.page.getByRole('button', { name: 'Change' }).count()).toBe(0);
    // What was wrong at first.
    browser.trouble.splice(0);
  });

  it('lets an administrator change the own name, and not the own role', async () => {
    const other = await world.merchant();
    await enter(other.administrator);
    await page.go('Users');
    await page.press('Change Ada');
    expect(await page.dialog.getByRole('combobox', { name: 'Role' }).count()).toBe(0);
    await page.fill('Name', 'Ada Lovelace');
    await page.confirm('Save');
    await row('Ada Lovelace (you)').waitFor();
    await page.page.getByRole('banner').getByRole('button', { name: 'Ada Lovelace' }).waitFor();
  });

  it('lets people change their own password', async () => {
    const { staff } = await world.merchant();
    await enter(staff);
    const elsewhere = await ConsolePage.open(browser, world, staff);
    await page.press('Stan');
    await page.page.getByRole('menuitem', { name: 'Change password' }).click();
    await page.fill('Current password', 'not the right one');
    await page.fill('New password', 'a better one than before');
    await page.dialog.getByRole('button', { name: 'Change it' }).click();
    await page.dialog.getByRole('alert').filter({ hasText: 'is not right' }).waitFor();
    await page.isFine('own-password');
    await page.fill('Current password', staff.password);
    await page.confirm('Change it');
    await page.says('Your password is changed.');
    await elsewhere.page.reload();
    await elsewhere.says('Log in to the console');
    await elsewhere.close();
    await page.close();
    await enter({ ...staff, password: 'a better one than before' });
    // What was wrong at first, and the session that ended.
    browser.trouble.splice(0);
  });

  it('makes an API access whose token works, and revokes it', async () => {
    await enter();
    await page.go('API access');
    await page.press('New API access');
    await page.fill('Name', 'Back till');
    await page.isFine('api-access-new');
    await page.confirm('Create the token');
    const token = (await page.page.getByRole('alert').locator('code').first().textContent()) ?? '';
    expect((await world.call('GET', '/v2/connection-test', { token })).status).toBe(200);
    await page.isFine('api-access');
    await page.press('Revoke Back till');
    await page.confirm('Revoke');
    await row('Back till').filter({ hasText: 'Revoked' }).waitFor();
    expect((await world.call('GET', '/v2/connection-test', { token })).status).toBe(403);
    const { data } = (await read('/console/v1/api-accesses')) as { data: Access[] };
    expect(data.find(({ name }) => name === 'Back till')?.revokedAt).not.toBeNull();
  });

  it('switches API mode, and says what that means for terminals', async () => {
    await enter();
    await page.go('Settings');
    await page.says('On: terminals take payments from your point of sale');
    await page.isFine('settings');
    await page.page.getByRole('switch', { name: /terminals take payments/ }).click({ force: true });
    await page.says('New payments from your point of sale are refused at once.');
    await page.isFine('settings-off');
    await page.confirm('Turn off');
    await page.says('Terminals that are logged in now stay as they are until then.');
    expect(await read('/v2/settings/api-mode')).toMatchObject({ enabled: false });
    await page.page.getByRole('switch', { name: /terminals work by themselves/ }).click({ force: true });
    await page.says('On: terminals take payments');
  });

  it('keeps settings, and says what the platform does not take', async () => {
    await enter();
    await page.go('Settings');
    await page.fill('Pay within, seconds', '60');
    await page.page.getByRole('switch', { name: 'Terminals ask for a tip' }).click({ force: true });
    await page.press('Save');
    await page.says('Saved.');
    expect(await read('/v2/settings')).toMatchObject({ payWithin: 60, tipping: { percentages: [15, 18, 20] } });
  });

  it('tells in its audit log who did what', async () => {
    await enter();
    await page.go('Audit log');
    await row('ended the access of Max').filter({ hasText: 'Ada' }).waitFor();
    await row('added the user Max').filter({ hasText: 'as staff' }).waitFor();
    await row('turned API mode off').first().waitFor();
    await row('changed the settings').filter({ hasText: 'pay within 60 s · tips 15%, 18%, 20%' }).waitFor();
    await page.isFine('audit');
  });

  it('offers a manager and staff only what they may do', async () => {
    const menu = () => page.page.getByRole('navigation').getByRole('link').allTextContents();
    await enter();
    expect((await menu()).slice(4)).toEqual(['API access', 'Webhooks', 'Events', 'Users', 'Settings', 'Audit log']);
    await page.close();
    await enter(await world.person(merchant, 'manager'));
    expect((await menu()).slice(4)).toEqual(['Webhooks', 'Events', 'Users', 'Settings']);
    await page.go('Users');
    await row('Ada').waitFor();
    expect(await page.page.getByRole('button', { name: 'Add a user' }).count()).toBe(0);
    await page.go('Settings');
    expect(
      await page.page
        .getByRole('switch', { name: /terminals/ })
        .first()
        .isDisabled(),
    ).toBe(true);
    await page.close();
    await enter(merchant.staff);
    expect(await menu()).toEqual(['Overview', 'Payments', 'Try a payment', 'Events']);
    for (const path of ['devices', 'api-access', 'webhooks', 'users', 'settings', 'audit']) {
      await page.page.goto(`${world.platform.url}/console/${path}`);
      await page.says('This is not open to you');
    }
    await page.isFine('no-permission');
    browser.trouble.splice(0);
  });

  it('logs out here, and everywhere', async () => {
    await enter();
    const elsewhere = await ConsolePage.open(browser, world, merchant.administrator);
    await page.press('Ada');
    await page.page.getByRole('menuitem', { name: 'Log out everywhere' }).click();
    await page.says('Log in to the console');
    await elsewhere.page.reload();
    await elsewhere.says('Log in to the console');
    await elsewhere.close();
    // What either page was still asking for is refused.
    browser.trouble.splice(0);
  });

  it('says nothing wrong in the browser', async () => {
    await enter();
    expect(browser.trouble).toEqual([]);
  });
});
