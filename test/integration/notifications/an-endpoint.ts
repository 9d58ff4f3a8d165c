import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { ATill } from './a-till.js';
import type { Request, ScriptedReceiver } from './scripted-receiver.js';
import type { Notifications } from './support.js';

export interface Attempt {
  readonly at: string;
  readonly status: number | null;
  readonly problem: string | null;
  readonly body: string | null;
  readonly tookMs: number;
}

export interface Delivery {
  readonly id: number;
  readonly messageId: string;
  readonly type: string;
  readonly state: string;
  readonly request: string;
  readonly nextTryAt: string | null;
  readonly attempts: readonly Attempt[];
}

interface Made {
  readonly id: string;
  readonly secret: string;
}

let made = 0;

/** A webhook of a till, with the receiver's path that it names. */
export class AnEndpoint {
  private constructor(
    private readonly notifications: Notifications,
    private readonly receiver: ScriptedReceiver,
    readonly till: ATill,
    readonly path: string,
    readonly id: string,
    readonly secret: string,
  ) {}

  static async of(
    notifications: Notifications,
    receiver: ScriptedReceiver,
    { till = new ATill(notifications), types = ['device.online', 'webhook.disabled'], url = '' } = {},
  ): Promise<AnEndpoint> {
    const path = `/endpoint-${(made += 1)}`;
    const asked = { url: url === '' ? receiver.url(path) : url, types };
    const { status, body } = await till.call<Made>('POST', '/v2/webhooks', asked);
    expect(status).toBe(201);
    return new AnEndpoint(notifications, receiver, till, path, body.id, body.secret);
  }

  get requests(): readonly Request[] {
    return this.receiver.at(this.path);
  }

  call<Body = Record<string, unknown>>(method: string, path = '', body?: unknown) {
    return this.till.call<Body>(method, `/v2/webhooks/${this.id}${path}`, body);
  }

  async state(): Promise<Record<string, unknown>> {
    return (await this.call('GET')).body;
  }

  /** The newest first. */
  async deliveries(query = ''): Promise<readonly Delivery[]> {
    return (await this.call<{ data: readonly Delivery[] }>('GET', `/deliveries${query}`)).body.data;
  }

  /** Gives the newest delivery as soon as that many of its tries are written down. */
  untilTried(count: number): Promise<Delivery> {
    return eventually(`try ${count} is written down`, async () => {
      const [newest] = await this.deliveries();
      return newest?.attempts.length === count && newest;
    });
  }

  /** Lets the clock stand at the next try, and gives the milliseconds that were still to wait. */
  async nextTry(count: number): Promise<number> {
    const { nextTryAt } = await this.untilTried(count - 1);
    if (nextTryAt === null) throw new Error('there is no next try');
    const pause = Date.parse(nextTryAt) - this.notifications.clock.now().getTime();
    this.notifications.clock.forward({ ms: pause });
    await this.notifications.deliver();
    return pause;
  }
}
