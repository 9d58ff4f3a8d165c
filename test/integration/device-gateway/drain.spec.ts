import { describe, expect, it } from '@jest/globals';
import { Drain } from '#device-gateway';
import { newId } from '#kernel';
import { eventually } from '../../support/eventually.js';
import { aGateway, aRequest } from './support/a-gateway.js';
import { openSocket, refusedUpgrade } from './support/a-socket.js';
import { aTerminal, connectionIdOf } from './support/a-terminal.js';

describe('a gateway that stops', () => {
  it('lets nobody in, and sends idle devices away with a time to come back, without calling them offline', async () => {
    const gateway = await aGateway({ drainMs: 30_000, limits: { drainSpreadMs: 200 } });
    const idle = await Promise.all([1, 2, 3].map(async () => (await aTerminal(gateway)).connect()));
    const unknown = await openSocket(gateway);
    const busy = await (await aTerminal(gateway)).connect();
    gateway.say(await connectionIdOf(busy), aRequest());
    await busy.first('payment.request');

    const drained = gateway.app.get(Drain).execute();
    expect(await refusedUpgrade(gateway, {})).toBe(503);
    for (const socket of [...idle, unknown]) {
      expect(await socket.closed()).toBe(4503);
      expect(socket.all('reconnect')[0]).toMatchObject({ reason: 'draining' });
    }
    expect(busy.code).toBeNull();
    const { paymentId } = await busy.first('payment.request');
    gateway.say(await connectionIdOf(busy), { type: 'payment.settled', id: newId(), paymentId });
    expect(await busy.closed()).toBe(4503);
    expect(busy.all('payment.settled')).toHaveLength(1);
    await drained;
    await gateway.stop();
    expect(gateway.publisher.named('DeviceDisconnected')).toHaveLength(0);
  });

  it('does not wait longer than agreed for a busy device', async () => {
    const gateway = await aGateway({ drainMs: 300 });
    const busy = await (await aTerminal(gateway)).connect();
    gateway.say(await connectionIdOf(busy), aRequest());
    await busy.first('payment.request');
    await gateway.stop();
    expect(await busy.closed()).toBe(4503);
  });

  it('stops when a device does not answer its close', async () => {
    const gateway = await aGateway();
    const socket = await (await aTerminal(gateway)).connect();
    socket.ws.pause();
    await gateway.stop();
    socket.ws.resume();
    await eventually('it is gone', () => socket.code !== null);
  });
});
