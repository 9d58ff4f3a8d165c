import { describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { refuseBytes } from './stray-requests.js';

/** A connection that keeps what is written to it. */
function aSocket({ writable = true } = {}) {
  const socket = {
    writable,
    written: '',
    destroyed: false,
    end: (text: string, flushed: () => void) => {
      socket.written += text;
      flushed();
    },
    destroy: () => {
      socket.destroyed = true;
    },
  };
  return socket;
}

const fault = (code: string) => Object.assign(new Error('canary'), { code, rawPacket: Buffer.from('canary') });

describe('bytes that are no request', () => {
  it.each([
    ['HPE_INVALID_METHOD', '400 Bad Request', 'invalid_request'],
    ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large', 'headers_too_large'],
    ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'request_timeout'],
    ['CANARY', '400 Bad Request', 'invalid_request'],
  ])('of the kind %s are answered %s in the one shape, and the connection ends', (kind, status, code) => {
    const socket = aSocket();
    refuseBytes(fault(kind), socket as unknown as Socket);
    const [head = '', body = ''] = socket.written.split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual([
      `HTTP/1.1 ${status}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ]);
    const { requestId, ...answer } = JSON.parse(body) as { requestId: string };
    expect(answer).toEqual({ errors: [expect.stringMatching(/\w/)], code });
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    expect(socket.written).not.toMatch(/canary/i);
    expect(socket.destroyed).toBe(true);
  });

  it('from somebody who has hung up are not answered', () => {
    for (const [code, writable] of [
      ['ECONNRESET', true],
      ['HPE_INVALID_METHOD', false],
    ] as const) {
      const socket = aSocket({ writable });
      refuseBytes(fault(code), socket as unknown as Socket);
      expect(socket).toMatchObject({ written: '', destroyed: true });
    }
  });
});
