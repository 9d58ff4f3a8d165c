import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { aGateway, type TestGateway } from './support/a-gateway.js';
import { aRawSocket, frame } from './support/a-raw-socket.js';

const text = 0x81;
const textBegin = 0x01;
const more = 0x00;
const ping = 0x89;
const close = 0x88;

let gateway: TestGateway;
afterAll(() => gateway.stop());

describe('what breaks the WebSocket protocol is closed with its code', () => {
  beforeAll(async () => {
    gateway = await aGateway();
  });
  const faults: [string, Buffer, number][] = [
    ['an unmasked frame', frame(text, 'x', { masked: false }), 1002],
    ['a compressed frame, though compression was not agreed on', frame(0xc1, 'x'), 1002],
    ['a reserved opcode', frame(0x83, 'x'), 1002],
    ['a continuation of nothing', frame(0x80, 'x'), 1002],
    ['a new text inside a message', Buffer.concat([frame(textBegin, 'x'), frame(text, 'x')]), 1002],
    ['a ping of 126 bytes', frame(ping, Buffer.alloc(126)), 1002],
    ['a ping in parts', frame(0x09, 'x'), 1002],
    ['a close of one byte', frame(close, 'x'), 1002],
    ['a close with a code that is never sent', frame(close, Buffer.from([0x03, 0xed])), 1002],
    ['text that is no UTF-8', frame(text, Buffer.from([0xc3, 0x28])), 1007],
    ['a message of 16 kB and one byte', frame(text, Buffer.alloc(16_385, 0x20)), 1009],
    ['an announced length of 2^53 bytes', frame(text, '', { length: 2 ** 53 - 1 }), 1009],
    [
      'a message in 17 parts',
      Buffer.concat([frame(textBegin, 'x'), ...Array.from({ length: 16 }, () => frame(more, 'x'))]),
      1008,
    ],
    ['a binary message', frame(0x82, 'x'), 4400],
  ];
  it.each(faults)('%s', async (_what, bytes, code) => {
    const socket = await aRawSocket(gateway);
    socket.write(bytes);
    expect(await socket.closeCode()).toBe(code);
    await eventually('the link is forgotten', () => gateway.links.count === 0);
  });

  it('compression that is offered is not agreed on', async () => {
    const socket = await aRawSocket(gateway, { extra: 'sec-websocket-extensions: permessage-deflate' });
    expect(socket.head()).not.toMatch(/sec-websocket-extensions/i);
  });
});

describe('a message that stops in the middle', () => {
  beforeAll(async () => {
    await gateway.stop();
    gateway = await aGateway({ limits: { heartbeatMs: 500 } });
  });

  it('is cut, however long its author goes on pinging', async () => {
    const begun = performance.now();
    const socket = await aRawSocket(gateway);
    socket.write(frame(text, '{"type":', { length: 100 }));
    const pinging = setInterval(() => {
      socket.write(frame(ping, 'x'));
    }, 100);
    await eventually('the link is cut', () => socket.ended);
    clearInterval(pinging);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(1_000);
  });
});
