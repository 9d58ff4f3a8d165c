import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { eventually } from '../../../support/eventually.js';
import type { TestGateway } from './a-gateway.js';

/** A client that writes bytes, for frames that no library would send. */
export class RawSocket {
  private received = Buffer.alloc(0);
  ended = false;

  constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => (this.received = Buffer.concat([this.received, bytes])));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.ended = true));
  }

  write(...parts: (Buffer | string)[]): void {
    for (const part of parts) this.socket.write(part);
  }

  /** The first line of the answer to the upgrade. */
  statusLine(): Promise<string> {
    return eventually('the upgrade is answered', () => {
      const text = this.received.toString('latin1');
      if (!text.includes('\r\n')) throw new Error('nothing yet');
      return text.split('\r\n', 1)[0] ?? '';
    });
  }

  head(): string {
    return this.received.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  }

  /** The code in the close frame that the server sent. */
  closeCode(): Promise<number> {
    return eventually('the server closes', () => {
      for (const { opcode, payload } of this.frames()) if (opcode === 8) return payload.readUInt16BE(0);
      throw new Error(this.ended ? 'ended without a close frame' : 'no close frame yet');
    });
  }

  texts(): { type: string }[] {
    return this.frames()
      .filter(({ opcode }) => opcode === 1)
      .map(({ payload }) => JSON.parse(payload.toString('utf8')) as { type: string });
  }

  private frames(): { opcode: number; payload: Buffer }[] {
    const frames = [];
    let at = this.received.indexOf('\r\n\r\n') + 4;
    while (at + 2 <= this.received.length) {
      const short = (this.received[at + 1] ?? 0) & 0x7f;
      const headLength = short === 126 ? 4 : 2;
      const length = short === 126 ? this.received.readUInt16BE(at + 2) : short;
      const payload = this.received.subarray(at + headLength, at + headLength + length);
      frames.push({ opcode: (this.received[at] ?? 0) & 0x0f, payload });
      at += headLength + length;
    }
    return frames;
  }
}

interface Wishes {
  readonly method?: string;
  readonly version?: string;
  readonly key?: string | null;
  readonly extra?: string;
}

/** Connected, and the upgrade sent; with good wishes it will be let through. */
export async function aRawSocket(gateway: TestGateway, wishes: Wishes = {}): Promise<RawSocket> {
  const { method = 'GET', version = '13', key = randomBytes(16).toString('base64'), extra = '' } = wishes;
  const socket = connect(gateway.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const raw = new RawSocket(socket);
  const lines = [
    `${method} /device/v1/connect HTTP/1.1`,
    `host: 127.0.0.1:${gateway.port}`,
    'connection: Upgrade',
    'upgrade: websocket',
    `sec-websocket-version: ${version}`,
    'sec-websocket-protocol: terminal.v1',
    ...(key === null ? [] : [`sec-websocket-key: ${key}`]),
    ...(extra === '' ? [] : [extra]),
  ];
  raw.write(`${lines.join('\r\n')}\r\n\r\n`);
  await raw.statusLine();
  return raw;
}

/** A frame of RFC 6455, masked with zeros. `first` is its first byte: FIN, RSV and opcode. */
export function frame(first: number, payload: Buffer | string = '', { masked = true, length = -1 } = {}): Buffer {
  const body = Buffer.from(payload);
  const size = length === -1 ? body.length : length;
  const mask = masked ? 0x80 : 0;
  const head =
    size < 126
      ? Buffer.from([first, mask | size])
      : size < 65_536
        ? Buffer.from([first, mask | 126, size >> 8, size & 0xff])
        : Buffer.concat([Buffer.from([first, mask | 127]), eightBytes(size)]);
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), body]);
}

function eightBytes(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size));
  return bytes;
}
