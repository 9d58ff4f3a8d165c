import { expect } from '@jest/globals';
import type { Permissions } from '#http-door';
import { eventually } from '../support/eventually.js';
import { type Answer, type CallOptions, customerWhoPays, type Merchant, World } from '../support/world.js';

export type Fields = Readonly<Record<string, unknown>>;

/** A point of sale that knows the published API and nothing else: no added field, header or call. */
export class Till {
  private constructor(
    readonly world: World,
    readonly merchant: Merchant,
  ) {}

  static async opens(environment: Readonly<Record<string, string>> = {}): Promise<Till> {
    const world = await World.start('embedded', environment);
    return new Till(world, await world.merchant());
  }

  async closes(): Promise<void> {
    await this.world.stop();
  }

  call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    return this.world.call(method, path, { token: this.merchant.token, ...options });
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  async list(path: string): Promise<Fields[]> {
    const { status, body } = await this.get(path);
    expect({ status, isArray: Array.isArray(body) }).toEqual({ status: 200, isArray: true });
    return body as Fields[];
  }

  /** A token with these permissions, and no other. */
  token(permissions: Partial<Permissions>): Promise<string> {
    const none: Permissions = { general: 'none', settings: 'none', processing: 'none' };
    return this.world.token(this.merchant.accountId, { ...none, ...permissions });
  }

  /** The code of a terminal that takes payments, with a customer before it. */
  async payingTerminal(): Promise<string> {
    const { terminal, code } = await this.world.listeningTerminal(this.merchant);
    customerWhoPays(terminal);
    return code;
  }

  /** A terminal that takes payments, with nobody before it. */
  idleTerminal(): ReturnType<World['listeningTerminal']> {
    return this.world.listeningTerminal(this.merchant);
  }

  /** Asks again while the terminal is still opening its connection, or busy with what was asked before. */
  start(kind: 'purchase' | 'refund', code: string, body: Fields): Promise<Answer> {
    return eventually('the terminal takes the payment', async () => {
      const answer = await this.call('POST', `/v2/devices/${code}/payment/${kind}`, { body });
      return answer.status === 409 && this.mayPass(answer) ? false : answer;
    });
  }

  /** As tills do that have no webhook: the result is found by the invoice number. */
  async outcome(kind: 'purchase' | 'refund', code: string, body: Fields): Promise<Fields> {
    expect((await this.start(kind, code, body)).status).toBe(202);
    return eventually('the card transaction is there', async () => {
      const found = await this.list(`/v2/card-transactions?invoiceNumber=${String(body.invoiceNumber)}`);
      return found.find(({ type }) => type === kind) ?? false;
    });
  }

  sale(code: string, amount: number, invoiceNumber: string, more: Fields = {}): Promise<Fields> {
    const body = { currency: 'CAD', transactionAmount: amount, invoiceNumber, ...more };
    return this.outcome('purchase', code, body);
  }

  private mayPass({ body }: Answer): boolean {
    const [error] = (body as { errors: string[] }).errors;
    return error === 'Device Not Listening' || error === 'Device Busy';
  }
}

/** The published error body; which fields stand beside `errors` is not published. */
export const refusal = ({ status, body }: Answer): { status: number; errors: unknown } => {
  const { errors } = body as { errors: unknown };
  return { status, errors };
};

/** Of each field its JSON type; an array is `array`, and null `null`. */
export const jsonTypes = (object: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, jsonType(value)]));

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** `YYYY-MM-DD HH:MM:SS` in Mountain Time, read from a UTC time by another way than the platform's. */
export const mountainTime = (utc: unknown): string =>
  new Date(String(utc)).toLocaleString('sv-SE', { timeZone: 'America/Edmonton' });
