import { randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AddUser, CreateApiAccess, OpenAccount, operator, SetApiMode } from '#accounts';
import type { Permissions } from '#http-door';
import { type Acquirer, type Terminal, type TerminalState, testCards } from '#terminal-sdk';
import { headlessTerminal, untilState } from '#terminal-sdk/node';
import { openAccounts } from '../../apps/platform/src/commands/accounts-context.js';
import { eventually } from './eventually.js';
import { type Mode, startPlatform, type TestPlatform } from './platform.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined where there was no body. */
  readonly body: unknown;
}

/** A user of the console and of terminals. */
export interface Person {
  readonly email: string;
  readonly password: string;
  readonly pin: string;
}

export interface Merchant {
  readonly accountId: string;
  readonly token: string;
  readonly administrator: Person;
  readonly staff: Person;
}

export const all: Permissions = { general: 'write', settings: 'write', processing: 'admin' };

/** A running platform, with what a test does around it: merchants, points of sale, terminals. */
export class World {
  private readonly terminals: Terminal[] = [];

  private constructor(
    readonly platform: TestPlatform,
    private readonly accounts: INestApplicationContext,
  ) {}

  /** `extra`: variables of the environment. */
  static async start(mode: Mode, extra: Readonly<Record<string, string>> = {}): Promise<World> {
    const platform = await startPlatform(mode, extra);
    const { pinKey } = JSON.parse(await readFile(platform.secretsFile, 'utf8')) as { pinKey: string };
    const { databaseUrl } = platform;
    return new World(platform, await openAccounts({ databaseUrl, pinKey: Buffer.from(pinKey, 'base64') }));
  }

  async stop(): Promise<void> {
    for (const terminal of this.terminals) terminal.stop();
    await this.accounts.close();
    await this.platform.stop();
  }

  async merchant({ apiMode = true }: { apiMode?: boolean } = {}): Promise<Merchant> {
    const administrator = somebody('1234');
    const staff = somebody('5678');
    const { accountId } = await this.accounts.get(OpenAccount).execute({
      name: 'Corner Shop',
      country: 'CA',
      administrator: { name: 'Ada', ...administrator },
    });
    const by = operator;
    await this.accounts.get(AddUser).execute({ accountId, by, name: 'Stan', role: 'staff', ...staff });
    if (apiMode) await this.accounts.get(SetApiMode).execute({ accountId, enabled: true, by });
    return { accountId, token: await this.token(accountId, all), administrator, staff };
  }

  /** One more user of the account. */
  async person({ accountId }: Merchant, role: 'manager' | 'staff'): Promise<Person> {
    const person = somebody(String(randomInt(100_000, 1_000_000)));
    await this.accounts.get(AddUser).execute({ accountId, by: operator, name: 'Max', role, ...person });
    return person;
  }

  async token(accountId: string, permissions: Permissions): Promise<string> {
    const access = { accountId, name: 'Till', permissions, by: operator };
    const { token } = await this.accounts.get(CreateApiAccess).execute(access);
    return token;
  }

  async setApiMode(accountId: string, enabled: boolean): Promise<void> {
    await this.accounts.get(SetApiMode).execute({ accountId, enabled, by: operator });
  }

  /** A call of a point of sale; without a token: of a stranger. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { token, cookie, body, headers = {} } = options;
    const response = await fetch(this.platform.url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { 'api-token': token }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** The console cookie of a user who logs in. */
  async cookieOf({ email, password }: Person): Promise<string> {
    const { status, headers } = await this.call('POST', '/console/v1/session', { body: { email, password } });
    if (status >= 300) throw new Error(`console log-in answered ${status}`);
    return (headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  }

  /** A terminal that was never switched on; with the home of another one, that one switched on again. */
  async newTerminal(
    options: { home?: string; serialNumber?: string; acquirer?: Acquirer } = {},
  ): Promise<TestTerminal> {
    const serialNumber = options.serialNumber ?? `TEST-${randomBytes(5).toString('hex').toUpperCase()}`;
    const home = options.home ?? join(this.platform.folder, serialNumber);
    const { url } = this.platform;
    const acquirer = options.acquirer ? { acquirer: options.acquirer } : {};
    const terminal = await headlessTerminal({
      url,
      home,
      serialNumber,
      random: () => Math.random() * 0.1,
      ...acquirer,
    });
    this.terminals.push(terminal);
    return { terminal, home, serialNumber };
  }

  /** Set up and bound to the merchant, not logged in. */
  async boundTerminal(merchant: Merchant): Promise<TestTerminal> {
    const made = await this.newTerminal();
    await made.terminal.setUp.complete(merchant.administrator);
    return made;
  }

  /** Logged in with the PIN, and as far as the mode allows. */
  async loggedInTerminal(merchant: Merchant): Promise<TestTerminal> {
    const made = await this.boundTerminal(merchant);
    await made.terminal.logIn({ pin: merchant.administrator.pin });
    return made;
  }

  /** Ready to take payment. */
  async listeningTerminal(merchant: Merchant): Promise<TestTerminal & { code: string }> {
    const made = await this.loggedInTerminal(merchant);
    const code = await becomeListening(made.terminal);
    return { ...made, code };
  }

  /** A purchase on a terminal that listens: payment routing hears of it a moment after the terminal does. */
  purchase(
    token: string,
    code: string,
    amount?: number,
    headers?: Readonly<Record<string, string>>,
    more?: object,
  ): Promise<Answer> {
    return eventually('payment routing knows that the device listens', async () => {
      const answer = await this.purchaseNow(token, code, amount, headers, more);
      return answer.status === 409 && errorOf(answer).code === 'device_not_listening' ? false : answer;
    });
  }

  /** A purchase whose first answer counts. */
  purchaseNow(
    token: string,
    code: string,
    amount = 10.25,
    headers: Readonly<Record<string, string>> = {},
    more: object = {},
  ): Promise<Answer> {
    const body = { currency: 'CAD', transactionAmount: amount, ...more };
    return this.call('POST', `/v2/devices/${code}/payment/purchase`, { token, body, headers });
  }
}

export interface CallOptions {
  readonly token?: string;
  readonly cookie?: string;
  /** Text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestTerminal {
  readonly terminal: Terminal;
  readonly home: string;
  readonly serialNumber: string;
}

export async function becomeListening(terminal: Terminal): Promise<string> {
  const connected = await untilState(terminal, 'it shows its code', (state) => state.connected && state.code !== null);
  terminal.pressContinue();
  await untilState(terminal, 'it listens', (state) => state.listening);
  return connected.code ?? '';
}

const paymentOn = (terminal: Terminal): string => terminal.state.payment?.paymentId ?? '';

/** A card at the prompt that is on the screen. */
export const tap = (terminal: Terminal): Promise<void> =>
  terminal.presentCard({ paymentId: paymentOn(terminal), card: testCards.visa, entryMode: 'tap' });

/** Somebody cancels what is on the screen. */
export const cancelOn = (terminal: Terminal, by: 'customer' | 'staff'): Promise<void> =>
  terminal.cancelPayment(paymentOn(terminal), by);

/** A customer who taps a card at each prompt, from now on, and again when told to. */
export function customerWhoPays(terminal: Terminal): void {
  let asked = false;
  const look = ({ screen, connected }: TerminalState): void => {
    const asksNow = screen === 'payment' && connected;
    if (asksNow && !asked) void tap(terminal);
    asked = asksNow;
  };
  terminal.subscribe(look);
  look(terminal.state);
}

export const errorOf = ({ status, body }: Answer): { status: number; code: string; errors: string[] } => {
  const { code, errors } = body as { code: string; errors: string[] };
  return { status, code, errors };
};

function somebody(pin: string): Person {
  const password = randomBytes(9).toString('base64url');
  return { email: `${randomBytes(6).toString('hex')}-${randomInt(1000)}@shop.example`, password, pin };
}
