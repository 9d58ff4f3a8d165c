import type { PlatformFrame } from '#terminal-protocol';
import type { DeviceKey } from '#terminal-sdk';
import { Connector } from '../../../libs/terminal-sdk/src/platform/connector.js';
import { type LoggedIn, PlatformClient } from '../../../libs/terminal-sdk/src/platform/platform-client.js';
import { ServerClock } from '../../../libs/terminal-sdk/src/platform/server-clock.js';
import { TokenRenewal } from '../../../libs/terminal-sdk/src/platform/token-renewal.js';
import { LoggedDesk } from './desk.js';
import { aSession, base, FakePlatform, tokenUntil } from './fake-platform.js';
import { FakeSockets } from './fake-socket.js';
import { noon } from './payments.js';
import { pass, until } from './turns.js';

/** How long a session's first token is good. */
export const tokenMs = 600_000;

/** A connector with a platform, sockets, and a desk that write down what happens. */
export class Online {
  readonly platform = new FakePlatform();
  readonly sockets = new FakeSockets();
  readonly till = new LoggedDesk();
  readonly frames: PlatformFrame['type'][] = [];
  /** Tokens that were kept; null: the session is over. */
  readonly kept: (string | null)[] = [];
  known: Record<string, unknown> = {};
  sequence = 0;
  /** Holds up the number of the next connect. */
  numbered: Promise<void> = Promise.resolve();
  readonly connector: Connector;
  readonly session: LoggedIn = aSession({ sessionToken: tokenUntil(noon + tokenMs) });

  constructor(key: DeviceKey) {
    const client = new PlatformClient(base, key, new ServerClock(), this.platform.fetch);
    const renewal = new TokenRenewal(client, (_, renewed) => {
      this.kept.push(renewed?.sessionToken ?? null);
      return Promise.resolve();
    });
    this.connector = new Connector(key, client, renewal, this.till.desk, {
      appVersion: '1.0.0',
      health: () => ({ battery: null, network: null }),
      socket: this.sockets.factory,
      random: () => 1,
      now: () => Date.now(),
      screenWhenConnected: () => 'ready',
      frame: ({ type }) => this.frames.push(type),
      changed: (change) => {
        this.known = { ...this.known, ...change };
      },
      nextSequence: async () => {
        await this.numbered;
        return (this.sequence += 1);
      },
    });
  }

  static async ready(key: DeviceKey): Promise<Online> {
    const online = new Online(key);
    online.connector.start(online.session);
    await online.becomesReady();
    return online;
  }

  /** Waits until the platform was asked so often, and has answered: what is signed takes its own time. */
  async asked(path: string, times = 1): Promise<void> {
    await until(`${path} is asked for ${times} times`, () => this.platform.asked(path).length >= times);
    await pass(0);
  }

  async becomesReady(): Promise<void> {
    await pass(0);
    const { newest } = this.sockets;
    newest.hello(Date.now());
    await until('the terminal introduces itself', () => newest.sent.length > 0);
    newest.ready(Date.now());
    await pass(0);
  }
}
