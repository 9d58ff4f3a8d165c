import { afterEach, describe, expect, it } from '@jest/globals';
import { untilState } from '#terminal-sdk/node';
import { sharedBroker } from '../../support/broker.js';
import { eventually } from '../../support/eventually.js';
import { customerWhoPays, type Merchant, type TestTerminal, World } from '../../support/world.js';

describe('a platform that is told to stop', () => {
  let world: World;
  let merchant: Merchant;
  let till: TestTerminal & { code: string };

  const start = async (extra: Readonly<Record<string, string>> = {}) => {
    world = await World.start('embedded', extra);
    merchant = await world.merchant();
    till = await world.listeningTerminal(merchant);
  };

  afterEach(() => world.stop());

  const told = () => {
    for (const process of world.platform.processes) globalThis.process.kill(process.pid, 'SIGTERM');
  };
  const exits = () => Promise.all(world.platform.processes.map((process) => process.exited()));
  /** Rejects when the answer is cut off. */
  const get = (path: string, headers: Record<string, string> = {}) =>
    world.call('GET', path, { token: merchant.token, headers });
  const isReady = async () => (await fetch(`${world.platform.url}/health/ready`)).status === 200;

  it('answers everybody who waits, ends streams in order, and takes nothing back', async () => {
    await start();
    const paid = world.purchase(merchant.token, till.code, 5, { prefer: 'wait=30' });
    await untilState(till.terminal, 'it asks for a card', ({ screen }) => screen === 'payment');
    const { body: list } = await get('/v2/payments');
    const [payment] = (list as { data: readonly { id: string }[] }).data;
    const id = payment?.id ?? '';
    await eventually('the platform knows that it asks', async () => {
      expect((await get(`/v2/payments/${id}`)).body).toMatchObject({ status: 'shown' });
    });
    const watched = get(`/v2/payments/${id}`, { prefer: 'wait=30' });
    const { body: log } = await get('/v2/events?limit=100');
    const { data } = log as { data: readonly { sequence: number }[] };
    const polled = get(`/v2/events?after=${data.at(-1)?.sequence ?? 0}`, { prefer: 'wait=30' });
    const stream = await fetch(`${world.platform.url}/v2/events/stream`, { headers: { 'api-token': merchant.token } });
    const streamed = stream.text();
    await eventually('they all wait', isReady);
    told();
    expect(await paid).toMatchObject({ status: 202, body: { id, status: 'shown' } });
    expect(await watched).toMatchObject({ status: 200 });
    expect(await polled).toMatchObject({ status: 200 });
    expect(await streamed).toContain('retry: ');
    expect(await exits()).toEqual([0]);
  });

  it('is not ready while a payment is finished, and says how that ended', async () => {
    // With others to go on beside it, it gives terminals a minute: alone, only two seconds.
    const { url, prefix } = sharedBroker();
    await start({ BROKER_URL: url, BROKER_PREFIX: prefix });
    const paid = world.purchase(merchant.token, till.code, 5, { prefer: 'wait=30' });
    await untilState(till.terminal, 'it asks for a card', ({ screen }) => screen === 'payment');
    told();
    await eventually('it is not ready', async () => !(await isReady()));
    customerWhoPays(till.terminal);
    expect(await paid).toMatchObject({ status: 200, body: { status: 'approved' } });
    expect(await exits()).toEqual([0]);
  });

  it('finishes the request that it is answering', async () => {
    await start();
    // No terminal keeps it from stopping at once.
    till.terminal.stop();
    const { email, password } = merchant.administrator;
    const logIns = [1, 2, 3].map(() => world.call('POST', '/console/v1/session', { body: { email, password } }));
    await eventually('they have arrived', isReady);
    told();
    expect((await Promise.all(logIns)).map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await exits()).toEqual([0]);
  });
});
