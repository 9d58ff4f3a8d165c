import type { PlatformFrame } from '#terminal-protocol';
import type { DeviceKey } from '#terminal-sdk';
import { type Introduction, Link } from '../../../libs/terminal-sdk/src/platform/link.js';
import { FakeSockets } from './fake-socket.js';
import { idOf, noon } from './payments.js';
import { until } from './turns.js';

export const introduction: Introduction = {
  sessionToken: 'token',
  bootId: idOf(300),
  connectSequence: 7,
  appVersion: '1.0.0',
  screen: 'ready',
  journalLost: false,
  unsettled: [],
};

/** A link, and what it told. */
export class ToldLink {
  readonly frames: PlatformFrame['type'][] = [];
  /** Code, how long it was ready, the wait that was asked for. */
  readonly ends: [number, number, number | null][] = [];
  readies = 0;
  readonly link: Link;
  private readonly sockets = new FakeSockets();

  constructor(key: DeviceKey, more: Partial<Introduction> = {}) {
    this.link = new Link(
      'wss://gateway.example/device/v1/connect',
      key,
      { ...introduction, ...more },
      {
        frame: ({ type }) => this.frames.push(type),
        ready: () => (this.readies += 1),
        closed: (...end) => this.ends.push(end),
        status: () => ({ screen: 'ready', battery: 80, network: 'wifi' }),
      },
      this.sockets.factory,
    );
  }

  static async ready(key: DeviceKey, heartbeatMs?: number): Promise<ToldLink> {
    const told = new ToldLink(key);
    await told.introduced(heartbeatMs);
    told.socket.ready(noon);
    return told;
  }

  get socket() {
    return this.sockets.newest;
  }

  async introduced(heartbeatMs?: number): Promise<void> {
    this.socket.hello(noon, heartbeatMs);
    await until('the terminal introduces itself', () => this.socket.sent.length > 0);
  }
}
