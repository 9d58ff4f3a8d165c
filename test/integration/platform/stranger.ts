import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from '@jest/globals';
import { connectedTo } from '../../support/database.js';
import { type Merchant, World } from '../../support/world.js';

export interface Sent {
  readonly method?: string;
  /** As it stands: nothing is decoded or shortened. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  /** The body as it came, but for the id of the request. */
  readonly text: string;
}

/** Whatever is sent that must not come back carries one of these. */
const canaries = /canary|4711/i;

/** A request on a connection of its own. */
export function send(url: string, { method = 'GET', path, headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, path, headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers: received } = response;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const end = (): void => {
        resolve({ status, headers: received, text: Buffer.concat(chunks).toString() });
      };
      // The platform hangs up on a body that it does not read; what it said stands.
      response.on('end', end).on('error', end);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Bytes that no HTTP client would send; the answer until the platform hangs up. */
export function sendBytes(url: string, bytes: string): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject).on('close', () => {
      const [head = '', text = ''] = answer.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), headers: {}, text });
    });
  });
}

/** The one shape of every refusal, and nothing of what was sent in it. */
export function refusalIn({ status, text }: Answer): Refusal {
  const body = JSON.parse(text) as Partial<Refusal> & { readonly requestId: string };
  const { requestId, ...rest } = body;
  expect(requestId).toMatch(/^[\w.-]{8,64}$/);
  const { code = '', errors = [], fields = {} } = rest;
  expect(code).toMatch(/^[a-z_]+$/);
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.every((error) => typeof error === 'string' && error !== '')).toBe(true);
  expect(Object.keys(rest)).toEqual(expect.not.arrayContaining(['stack', 'message', 'statusCode']));
  const withoutId = JSON.stringify(rest);
  expect(withoutId).not.toMatch(canaries);
  return { status, code, errors, fields, text: withoutId };
}

export const json = { 'content-type': 'application/json' };
export const order = JSON.stringify({ currency: 'CAD', transactionAmount: 4711 });

export const purchaseOn = (code: string): Sent => ({
  ...{ method: 'POST', path: `/v2/devices/${code}/payment/purchase` },
  ...{ headers: json, body: order },
});

/** Somebody who sends what nobody should, to a platform with a merchant whose API mode is on. */
export class Stranger {
  private constructor(
    readonly world: World,
    readonly merchant: Merchant,
  ) {}

  static async arrives(): Promise<Stranger> {
    const world = await World.start('embedded');
    return new Stranger(world, await world.merchant());
  }

  leaves(): Promise<void> {
    return this.world.stop();
  }

  async refused(sent: Sent): Promise<Refusal> {
    return refusalIn(await send(this.world.platform.url, sent));
  }

  /** With the token of the merchant. */
  refusedAsMerchant({ headers = {}, ...sent }: Sent): Promise<Refusal> {
    return this.refused({ ...sent, headers: { 'api-token': this.merchant.token, ...headers } });
  }

  /** Nothing is stored, nothing is changed, the process goes on, and its log says nothing of what was sent. */
  async hasDoneNoHarm(): Promise<void> {
    const { databaseUrl, processes } = this.world.platform;
    const stored = await connectedTo(databaseUrl, async (client) => {
      const tables = ['payment_routing.payment', 'payment_routing.idempotency_key', 'device_registry.device'];
      const sums = tables.map((table) => `(SELECT count(*)::int FROM ${table})`);
      return (await client.query<{ rows: number }>(`SELECT ${sums.join(' + ')} AS rows`)).rows;
    });
    expect(stored).toEqual([{ rows: 0 }]);
    const { token } = this.merchant;
    expect((await this.world.call('GET', '/v2/settings/api-mode', { token })).body).toMatchObject({ enabled: true });
    expect((await this.world.call('GET', '/v2/connection-test', { token })).status).toBe(200);
    for (const { isRunning, output } of processes) {
      expect(isRunning).toBe(true);
      expect(output).not.toMatch(/canary|"level":50/i);
    }
  }
}
