import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { aGateway, allowedBrowser, type TestGateway } from './support/a-gateway.js';
import { aRawSocket } from './support/a-raw-socket.js';
import { openSocket, refusedUpgrade } from './support/a-socket.js';
import { aTerminal } from './support/a-terminal.js';

describe('before the upgrade completes', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await aGateway();
  });
  afterAll(() => gateway.stop());

  it('another path is not found', async () => {
    expect(await refusedUpgrade(gateway, { path: '/device/v1/connectx' })).toBe(404);
    expect(await refusedUpgrade(gateway, { path: '/' })).toBe(404);
  });

  it('a browser of an unknown origin is refused, and one of a listed origin let in', async () => {
    expect(await refusedUpgrade(gateway, { origin: 'https://evil.example' })).toBe(403);
    expect(await refusedUpgrade(gateway, { origin: `${allowedBrowser}.evil.example` })).toBe(403);
    expect(await refusedUpgrade(gateway, { origin: 'null' })).toBe(403);
    const socket = await openSocket(gateway, { origin: allowedBrowser });
    await socket.first('hello');
  });

  it('a client without our sub-protocol is refused', async () => {
    expect(await refusedUpgrade(gateway, { protocols: [] })).toBe(400);
    expect(await refusedUpgrade(gateway, { protocols: ['mqtt'] })).toBe(400);
  });

  it('our sub-protocol is chosen among others', async () => {
    const socket = await openSocket(gateway, { protocols: ['terminal.v2', 'terminal.v1'] });
    expect(socket.ws.protocol).toBe('terminal.v1');
  });

  it('a device of another version is told so with 4406', async () => {
    const socket = await openSocket(gateway, { protocols: ['terminal.v2'] });
    expect(await socket.first('error')).toMatchObject({ code: 'version_not_spoken' });
    expect(await socket.closed()).toBe(4406);
  });

  it('compression is never agreed on', async () => {
    const socket = await openSocket(gateway);
    expect(socket.ws.extensions).toBe('');
  });

  it('a handshake that is none is refused', async () => {
    expect(await (await aRawSocket(gateway, { version: '12' })).statusLine()).toMatch(/ 4\d\d /);
    expect(await (await aRawSocket(gateway, { key: null })).statusLine()).toMatch(/ 400 /);
    expect(await (await aRawSocket(gateway, { method: 'POST' })).statusLine()).toMatch(/ 405 /);
    expect(await (await aRawSocket(gateway, { extra: `x: ${'x'.repeat(20_000)}` })).statusLine()).toMatch(/ 431 /);
  });

  it('too many sockets that did not authenticate keep others out, and only until they have gone', async () => {
    const small = await aGateway({ limits: { unauthenticatedAtMost: 3 } });
    const sockets = await Promise.all([1, 2, 3].map(() => openSocket(small)));
    expect(await refusedUpgrade(small, {})).toBe(503);
    sockets[0]?.ws.close();
    await eventually('the place is free', () => small.links.unauthenticatedCount === 2);
    const terminal = await aTerminal(small);
    await terminal.connect();
    expect(small.links.unauthenticatedCount).toBe(2);
    await openSocket(small);
    expect(await refusedUpgrade(small, {})).toBe(503);
    await small.stop();
  });
});
