import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { GatewayCounters } from '#device-gateway';
import type { PlatformFrame } from '#terminal-protocol';
import { eventually } from '../../support/eventually.js';
import { aGateway } from './support/a-gateway.js';
import { aTerminal, connectionIdOf } from './support/a-terminal.js';

const display = (): PlatformFrame => ({ type: 'display', id: newId(), text: 'x'.repeat(200), seconds: 1 });

describe('a device that does not read', () => {
  it('gets no more above 64 kB, and is closed when nothing moves', async () => {
    const gateway = await aGateway({ limits: { closeWithoutDrainMs: 300 } });
    const socket = await (await aTerminal(gateway)).connect();
    const connectionId = await connectionIdOf(socket);
    const link = gateway.links.find(connectionId);
    socket.ws.pause();
    await eventually('the socket is full', () => {
      for (let i = 0; i < 1_000; i += 1) gateway.say(connectionId, display());
      return gateway.app.get(GatewayCounters).framesDropped > 0;
    });
    expect(link?.bufferedBytes).toBeLessThan(128 * 1024);
    await eventually('the link is closed', () => gateway.links.count === 0);
    expect(gateway.app.get(GatewayCounters).closes.get(4429)).toBe(1);
    expect(gateway.publisher.named('DeviceDisconnected')[0]?.data).toMatchObject({ closeCode: 4429 });
    await gateway.stop();
  });

  it('goes on as before when it reads again in time', async () => {
    const gateway = await aGateway();
    const socket = await (await aTerminal(gateway)).connect();
    const connectionId = await connectionIdOf(socket);
    socket.ws.pause();
    await eventually('the socket is full', () => {
      for (let i = 0; i < 1_000; i += 1) gateway.say(connectionId, display());
      return gateway.app.get(GatewayCounters).framesDropped > 0;
    });
    socket.ws.resume();
    await eventually('the link has drained', () => gateway.links.find(connectionId)?.stalledSince === null);
    const pingId = newId();
    gateway.say(connectionId, { type: 'ping', id: newId(), pingId, message: 'hello' });
    expect((await socket.first('ping')).pingId).toBe(pingId);
    await gateway.stop();
  });
});
