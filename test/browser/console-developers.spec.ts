import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { Receiver } from '../support/receiver.js';
import { type Merchant, World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';
import { ConsolePage } from './support/console-page.js';

describe('webhooks and events in the console', () => {
  let world: World;
  let browser: TestBrowser;
  let receiver: Receiver;
  let merchant: Merchant;
  let page: ConsolePage;

  beforeAll(async () => {
    receiver = await Receiver.start();
    world = await World.start('embedded', { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
    browser = await TestBrowser.start();
    merchant = await world.merchant();
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.stop();
    await world.stop();
    await receiver.stop();
  });

  const enter = async (path = '') => {
    page = await ConsolePage.open(browser, world, merchant.administrator, path);
  };
  const row = (text: string | RegExp) => page.page.getByRole('row').filter({ hasText: text });
  const openEndpoint = async () => {
    await enter('/webhooks');
    await page.page.getByRole('link', { name: receiver.url }).click();
    await page.shows('Webhook');
  };

  it('an endpoint is added, and its secret is the one that deliveries are signed with', async () => {
    await enter();
    await page.go('Webhooks');
    await page.says('No endpoint yet');
    await page.isFine('webhooks-none');
    await page.page.getByRole('button', { name: 'Add an endpoint' }).first().click();
    await page.fill('Address', receiver.url);
    await page.dialog.getByRole('checkbox', { name: /^device\.locked/ }).check();
    await page.isFine('webhooks-add');
    await page.confirm('Add');
    receiver.secret = (await page.page.getByRole('alert').locator('code').first().textContent()) ?? '';
    await page.isFine('webhooks');
    await page.page.getByRole('link', { name: receiver.url }).click();
    await page.press('Send a test');
    await row('webhook.test').filter({ hasText: 'Delivered' }).waitFor();
    expect(receiver.types).toEqual(['webhook.test']);
    expect(receiver.refused).toEqual([]);
  });

  it('a delivery is shown with its request and its answer, and sent again', async () => {
    await openEndpoint();
    await page.page.getByRole('radiogroup', { name: 'State of the deliveries' }).getByText('Delivered').click();
    await row('webhook.test')
      .getByRole('button', { name: /^Look at/ })
      .click();
    await page.dialog.getByText(/"type": "webhook\.test"/).waitFor();
    await page.dialog.getByText('{"understood":true}').waitFor();
    await page.dialog
      .getByText(/200 in \d+ ms/)
      .first()
      .waitFor();
    await page.isFine('webhook-delivery');
    await page.dialog.getByRole('button', { name: 'Send it again' }).click();
    await eventually('it came again', () => Promise.resolve(receiver.received.length === 2));
    // What is shown follows what happens.
    await page.dialog
      .getByText(/200 in \d+ ms/)
      .nth(1)
      .waitFor();
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  });

  it('a manager sees deliveries, and is not offered what only an administrator may do', async () => {
    page = await ConsolePage.open(browser, world, await world.person(merchant, 'manager'), '/webhooks');
    await page.page.getByRole('link', { name: receiver.url }).click();
    await row('webhook.test')
      .getByRole('button', { name: /^Look at/ })
      .click();
    await page.dialog.getByText(/"type": "webhook\.test"/).waitFor();
    expect(await page.page.getByRole('button', { name: /Send|Remove|New secret/ }).count()).toBe(0);
  });

  it('deliveries of a span of time go out again', async () => {
    await openEndpoint();
    await page.press('Send again …');
    await page.dialog.getByRole('combobox', { name: 'Which' }).click();
    await page.page.getByRole('option', { name: 'All' }).click();
    await page.confirm('Send again');
    await page.says('1 delivery goes out again.');
    await eventually('it came a third time', () => Promise.resolve(receiver.received.length === 3));
  });

  it('the secret is rotated, and the old one signs for a day longer', async () => {
    await openEndpoint();
    await page.press('New secret');
    await page.isFine('webhook-rotate');
    await page.confirm('Create a new secret');
    await page.says(/the old one signs too/);
    const fresh = (await page.page.getByRole('alert').locator('code').first().textContent()) ?? '';
    expect(fresh).not.toBe(receiver.secret);
    await page.press('Send a test');
    await eventually('the old secret still fits', () => Promise.resolve(receiver.received.length === 4));
    receiver.secret = fresh;
    await page.press('Send a test');
    await eventually('the new one does too', () => Promise.resolve(receiver.received.length === 5));
    expect(receiver.refused).toEqual([]);
  });

  it('an endpoint is changed, switched off and on, and removed', async () => {
    await openEndpoint();
    await page.isFine('webhook');
    await page.press('Change');
    await page.fill('Description', 'The till at the front');
    await page.confirm('Save');
    await page.says('The till at the front');
    await page.press('Switch off');
    await page.says('Switched off');
    await page.press('Switch on again');
    await page.says('Working');
    await page.press('Remove');
    await page.confirm('Remove');
    await page.shows('Webhooks');
    await page.says('No endpoint yet');
    // Its page may have asked for it once more before it was left: that is no trouble, here and nowhere else.
    const others = browser.trouble.filter((text) => !text.includes('status of 404'));
    browser.trouble.splice(0, browser.trouble.length, ...others);
    await page.go('Audit log');
    for (const done of [
      'added a webhook at',
      'made a new secret for',
      'changed the webhook at',
      'removed the webhook at',
    ])
      await page.says(new RegExp(`${done}.* 127.0.0.1`));
    const { body } = await world.call('GET', '/v2/webhooks', { token: merchant.token });
    expect(body).toMatchObject({ data: [] });
  });

  it('an address that the platform does not call is refused, with the reason', async () => {
    await enter('/webhooks');
    await page.page.getByRole('button', { name: 'Add an endpoint' }).first().click();
    await page.fill('Address', 'http://shop.example/hook');
    await page.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.dialog.getByRole('alert').filter({ hasText: 'Address ' }).waitFor();
    browser.trouble.splice(0);
  });

  it('the log follows what happens, is filtered, and shows each event as JSON', async () => {
    await enter('/events');
    await row('api_mode.changed').waitFor();
    const { code } = await world.listeningTerminal(merchant);
    await row('device.registered').waitFor();
    await row('device.online').waitFor();
    const numbers = (await page.page.getByRole('row').locator('td:first-child').allTextContents()).map(Number);
    expect(numbers).toEqual(numbers.map((_, place) => numbers.length - place));
    await page.isFine('events');
    await row('device.registered').getByRole('button', { name: /^JSON/ }).click();
    await page.dialog.getByText(new RegExp(`"deviceCode": "${code}"`)).waitFor();
    await page.isFine('event');
    await page.page.keyboard.press('Escape');
    await page.page.getByRole('combobox', { name: 'Types' }).click();
    await page.page.getByRole('option', { name: 'device.online' }).click();
    await row('device.registered').waitFor({ state: 'detached' });
    await row('device.online').waitFor();
    expect(await page.page.locator('tbody').getByRole('row').count()).toBe(1);
  });

  it('say nothing wrong in the browser', async () => {
    await enter();
    expect(browser.trouble).toEqual([]);
  });
});
