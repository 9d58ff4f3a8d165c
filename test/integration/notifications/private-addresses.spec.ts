import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnEndpoint, type Attempt } from './an-endpoint.js';
import { answers, ScriptedReceiver } from './scripted-receiver.js';
import { type Notifications, startNotifications } from './support.js';

const allowed = 'https://pos.example/hooks';
let notifications: Notifications;
let receiver: ScriptedReceiver;
beforeAll(async () => {
  notifications = await startNotifications({ allowedHosts: [] });
  receiver = await ScriptedReceiver.start('0.0.0.0');
});
afterAll(async () => {
  await notifications.stop();
  await receiver.stop();
});

describe('where the operator allows no host, a webhook', () => {
  it.each([
    ...['http://pos.example/', 'ftp://pos.example/', 'https://127.0.0.1/', 'https://2130706433/', 'https://[::1]/'],
    ...['https://[::ffff:127.0.0.1]/', 'https://[::7f00:1]/', 'https://localhost/', 'https://169.254.169.254/latest'],
    ...['https://user:secret@pos.example/', 'https://pos.example/#a', 'pos.example', '', 'https://pos.example/\0'],
  ])('is not made for %j, and none is changed to it', async (url) => {
    const endpoint = await AnEndpoint.of(notifications, receiver, { url: allowed });
    const message = expect.stringMatching(/^url: must /) as unknown;
    const refused = { status: 418, body: { code: 'invalid_field', message } };
    expect(await endpoint.till.call('POST', '/v2/webhooks', { url })).toMatchObject(refused);
    expect(await endpoint.call('PATCH', '', { url })).toMatchObject(refused);
    expect(await endpoint.state()).toMatchObject({ url: allowed });
  });

  /** As it is when the name got another address meanwhile, or the operator allowed the host once. */
  async function firstAttemptAt(url: string): Promise<Attempt | undefined> {
    const endpoint = await AnEndpoint.of(notifications, receiver, { url: allowed });
    await notifications.query('UPDATE notifications.webhook SET url = $2 WHERE id = $1', [endpoint.id, url]);
    await notifications.append(endpoint.till.accountId, 'device.online');
    return (await endpoint.untilTried(1)).attempts[0];
  }

  it.each(['http://127.0.0.1', 'https://127.0.0.1', 'https://localhost', 'https://[::1]', 'https://0'])(
    'that names %s all the same is not sent',
    async (origin) => {
      const attempt = await firstAttemptAt(`${origin}:${receiver.port}/`);
      expect(attempt).toMatchObject({ status: null, problem: 'the URL is not allowed' });
    },
  );

  it('whose name has an address of this network is not sent: nothing even connects', async () => {
    const attempt = await firstAttemptAt(`https://${hostname()}:${receiver.port}/`);
    expect(attempt).toMatchObject({ status: null, problem: 'the host has an address that is not public' });
    expect(receiver.opened).toBe(0);
  });
});

describe('a receiver that is allowed', () => {
  it('cannot lead to one that is not', async () => {
    const lenient = await startNotifications();
    const inside = await ScriptedReceiver.start();
    const endpoint = await AnEndpoint.of(lenient, receiver);
    receiver.script(endpoint.path, answers(307, { location: `http://localhost:${inside.port}/` }));
    await lenient.append(endpoint.till.accountId, 'device.online');
    expect(await endpoint.untilTried(1)).toMatchObject({ state: 'pending', attempts: [{ status: 307 }] });
    expect(inside.opened).toBe(0);
    await lenient.stop();
    await inside.stop();
  });
});
