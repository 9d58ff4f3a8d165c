import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlatformRefusal } from '#terminal-sdk';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { modes } from '../support/platform.js';
import { becomeListening, customerWhoPays, errorOf, type Merchant, World } from '../support/world.js';

describe.each(modes)('device management, %s', (mode) => {
  let world: World;

  beforeAll(async () => {
    world = await World.start(mode);
  });

  afterAll(async () => {
    await world.stop();
  });

  /** A device that is known to payment routing, registry and pairing. */
  async function aDevice(merchant: Merchant) {
    const made = await world.listeningTerminal(merchant);
    const { token } = merchant;
    const path = `/v2/devices/${made.code}`;
    const manage = (verb: string, body?: object) =>
      eventually('the registry knows the code', async () => {
        const answer = await world.call('POST', `${path}/${verb}`, { token, ...(body ? { body } : {}) });
        return answer.status === 404 ? false : answer;
      });
    return { ...made, path, token, manage };
  }

  const refused = (token: string, code: string, wanted: object) =>
    eventually('a purchase is refused', async () => {
      expect(errorOf(await world.purchaseNow(token, code))).toMatchObject(wanted);
    });

  it('a locked terminal finishes its payment, says that it is locked, and is back by itself when it is unlocked', async () => {
    const merchant = await world.merchant();
    const { terminal, code, token, manage, path } = await aDevice(merchant);
    customerWhoPays(terminal);
    const paid = await world.purchase(token, code, 10.25, { prefer: 'wait=20' });
    expect(paid.body).toMatchObject({ status: 'approved' });

    expect(await manage('lock')).toMatchObject({ status: 204 });
    await untilState(terminal, 'it is locked', ({ screen, connected }) => screen === 'locked' && !connected);
    await refused(token, code, { status: 409, code: 'device_locked', errors: ['Device Locked'] });
    expect((await world.call('GET', path, { token })).body).toMatchObject({ locked: true, listening: false });

    expect(await manage('unlock')).toMatchObject({ status: 204 });
    await untilState(terminal, 'it listens again', ({ listening }) => listening, 45_000);
    expect((await world.purchase(token, code, 11, { prefer: 'wait=20' })).body).toMatchObject({ status: 'approved' });
  });

  it('an unpaired terminal is logged out, its code is nobody’s, and its next log-in gets another one', async () => {
    const merchant = await world.merchant();
    const { terminal, code, token, path } = await aDevice(merchant);
    expect(await world.call('DELETE', path, { token })).toMatchObject({ status: 204 });
    await untilState(terminal, 'it is logged out', ({ screen }) => screen === 'logged_out');
    await refused(token, code, { status: 404, code: 'device_not_found' });
    expect(errorOf(await world.call('GET', path, { token }))).toMatchObject({ status: 404 });
    await terminal.logIn({ pin: merchant.administrator.pin });
    expect(await becomeListening(terminal)).not.toBe(code);
  });

  it('a retired terminal is out of service until its account sets it up anew', async () => {
    const merchant = await world.merchant();
    const { terminal, code, token, manage, serialNumber } = await aDevice(merchant);
    expect(await manage('retire')).toMatchObject({ status: 204 });
    await untilState(terminal, 'it is retired', ({ screen, connected }) => screen === 'retired' && !connected);
    await refused(token, code, { status: 404, code: 'device_not_found' });
    const refusal = await terminal.logIn({ pin: merchant.administrator.pin }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PlatformRefusal);
    expect(refusal).toMatchObject({ status: 403, code: 'device_forbidden', details: { reason: 'retired' } });

    const cookie = await world.cookieOf(merchant.administrator);
    const { body } = await world.call('POST', '/console/v1/setup-codes', { cookie });
    const { setupCode } = body as { setupCode: string };
    const { terminal: replaced } = await world.newTerminal({ serialNumber, home: `${world.platform.folder}/again` });
    await replaced.setUp.register(setupCode);
    expect(replaced.state).toMatchObject({ missingSteps: [] });
    await replaced.logIn({ pin: merchant.administrator.pin });
    expect(await becomeListening(replaced)).not.toBe(code);
  });

  it('a terminal is set up by a code from the console, and is named and shown a text over REST', async () => {
    const merchant = await world.merchant();
    const cookie = await world.cookieOf(merchant.administrator);
    const { status, body } = await world.call('POST', '/console/v1/setup-codes', { cookie });
    expect(status).toBe(201);
    const { terminal } = await world.newTerminal();
    await terminal.setUp.complete(body as { setupCode: string });
    expect(terminal.state).toMatchObject({ screen: 'log_in', accountName: 'Corner Shop' });
    await terminal.logIn({ pin: merchant.staff.pin });
    const code = await becomeListening(terminal);

    const { token } = merchant;
    const labels = { name: 'Front counter', location: 'Main Street 1' };
    expect((await world.call('PATCH', `/v2/devices/${code}`, { token, body: labels })).body).toMatchObject(labels);
    const text = { text: 'Back in five minutes', seconds: 60 };
    expect(await world.call('POST', `/v2/devices/${code}/display`, { token, body: text })).toMatchObject({
      status: 202,
    });
    await untilState(terminal, 'it shows the text', ({ message }) => message === text.text);
  });

  it('what was done to a device is in the event log', async () => {
    const merchant = await world.merchant();
    const { token, manage, path } = await aDevice(merchant);
    await manage('lock');
    await manage('unlock');
    await world.call('DELETE', path, { token });
    await eventually('the log tells it', async () => {
      const { body } = await world.call('GET', '/v2/events', { token });
      const types = (body as { data: { type: string }[] }).data.map(({ type }) => type);
      return ['device.locked', 'device.unlocked', 'device.unpaired'].every((type) => types.includes(type));
    });
  });
});
