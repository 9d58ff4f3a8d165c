import type { PlatformFrame } from '#terminal-protocol';
import type { Socket } from '#terminal-sdk';
import { at, idOf } from './payments.js';

type Unnamed = {
  [Type in PlatformFrame['type']]: Omit<Extract<PlatformFrame, { type: Type }>, 'id'>;
}[PlatformFrame['type']];

/** The terminal's end of a connection; the test is the gateway. It is as strict as a browser's. */
export class FakeSocket implements Socket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readyState = 1;
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | null = null;
  /** Of a link whose other end has gone, the close is not answered. */
  isDead = false;

  constructor(
    readonly url: string,
    readonly subProtocol: string,
  ) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(code = 1000): void {
    if (code !== 1000 && (code < 3000 || code > 4999)) throw new Error(`an app may not close with ${code}`);
    this.closedWith ??= code;
    this.readyState = 2;
    if (!this.isDead) queueMicrotask(() => this.onclose?.({ code }));
  }

  /** The gateway closes, or the link breaks. */
  ends(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  says(frame: Unnamed): void {
    this.hears(JSON.stringify({ ...frame, id: idOf(900) }));
  }

  hears(text: string): void {
    this.onmessage?.({ data: text });
  }

  hello(now: number, heartbeatMs = 10_000): void {
    const serverTime = at(now);
    this.says({ type: 'hello', connectionId: idOf(901), nonce: 'nonce', serverTime, heartbeatMs });
  }

  ready(now: number): void {
    this.says({ type: 'ready', serverTime: at(now) });
  }

  types(): unknown[] {
    return this.sent.map(({ type }) => type);
  }

  last(type: string): Record<string, unknown> | undefined {
    return this.sent.findLast((frame) => frame.type === type);
  }
}

/** Makes the sockets of one terminal, and keeps them. */
export class FakeSockets {
  readonly made: FakeSocket[] = [];

  readonly factory = (url: string, subProtocol: string): FakeSocket => {
    const socket = new FakeSocket(url, subProtocol);
    this.made.push(socket);
    return socket;
  };

  get newest(): FakeSocket {
    const socket = this.made.at(-1);
    if (!socket) throw new Error('no connection was made');
    return socket;
  }
}
