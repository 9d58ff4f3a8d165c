import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import { password, pin } from './known-users.js';
import { origin, type Registry } from './support.js';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
export type Method = 'GET' | 'POST' | 'DELETE';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const registered = z.object({ deviceId: z.uuid() });
const renewed = z.object({ sessionToken: z.string() });
export const loggedIn = renewed.extend({ session: z.object({ id: z.uuid(), number: z.int() }) });
export type LoggedIn = z.output<typeof loggedIn>;

interface Wanted {
  readonly body?: unknown;
  readonly token?: string | undefined;
  /** Where it comes from; each test may have a network of its own. */
  readonly address?: string;
  /** What the HTTP headers are instead of a good proof and its token. */
  readonly headers?: Record<string, string>;
}

/** A terminal with a key of its own, which speaks to the registry over HTTP. */
export class ATerminal {
  private constructor(
    private readonly registry: Registry,
    private readonly privateKey: Key,
    readonly publicKey: JWK,
    readonly serialNumber: string,
  ) {}

  static async of(registry: Registry, serialNumber = `SN-${randomUUID().slice(0, 8)}`): Promise<ATerminal> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return new ATerminal(registry, privateKey, await exportJWK(publicKey), serialNumber);
  }

  /** The same key under another serial number. */
  renamed(serialNumber: string): ATerminal {
    return new ATerminal(this.registry, this.privateKey, this.publicKey, serialNumber);
  }

  get facts() {
    return { serialNumber: this.serialNumber, model: 'T1', appVersion: '1.10.0', publicKey: this.publicKey };
  }

  async call(method: Method, path: string, wanted: Wanted = {}): Promise<Answer> {
    const { body, token, address = '192.0.2.1' } = wanted;
    const headers = wanted.headers ?? (await this.headers(method, path, token));
    const answer = await this.registry.app.inject({
      ...{ method, url: `/device/v1/${path}`, headers, remoteAddress: address },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? '' : answer.json<unknown>() };
  }

  async headers(method: Method, path: string, token?: string): Promise<Record<string, string>> {
    const ath = token && createHash('sha256').update(token).digest('base64url');
    const iat = this.registry.clock.now().getTime() / 1000;
    const htu = `${origin}/device/v1/${path}`;
    const { kty, crv, x, y } = this.publicKey;
    const dpop = await new SignJWT({ htm: method, htu, iat, jti: randomUUID(), ...(ath ? { ath } : {}) })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y } as JWK })
      .sign(this.privateKey);
    return { dpop, ...(token ? { authorization: `DPoP ${token}` } : {}) };
  }

  register(address?: string): Promise<Answer> {
    return this.call('POST', 'setup', { body: this.facts, ...(address ? { address } : {}) });
  }

  /** All steps of the first set-up; gives the device's id. */
  async setUp(email: string): Promise<string> {
    const { deviceId } = registered.parse(done(await this.register()));
    done(await this.call('POST', 'setup/network', { body: { deviceTime: this.registry.clock.now().toISOString() } }));
    done(await this.call('POST', 'setup/app', { body: { appVersion: '1.10.0' } }));
    done(await this.bind(email));
    return deviceId;
  }

  bind(email: string): Promise<Answer> {
    return this.call('POST', 'setup/account', { body: { email, password } });
  }

  logIn(body: unknown = { pin }): Promise<Answer> {
    return this.call('POST', 'sessions', { body });
  }

  async loggedIn(): Promise<LoggedIn> {
    return loggedIn.parse(done(await this.logIn()));
  }

  renew(token: string): Promise<Answer> {
    return this.call('POST', 'sessions/current/token', { token });
  }

  async renewed(token: string): Promise<string> {
    return renewed.parse(done(await this.renew(token))).sessionToken;
  }

  logOut(token: string): Promise<Answer> {
    return this.call('DELETE', 'sessions/current', { token });
  }
}

/** The body of an answer that is no refusal. */
export function done({ status, body }: Answer): unknown {
  if (status >= 300) throw new Error(`refused: ${JSON.stringify(body)}`);
  return body;
}

/** A terminal that is set up in an account of its own. */
export async function aTerminalOf(registry: Registry, user = registry.users.add()) {
  const terminal = await ATerminal.of(registry);
  return { terminal, user, deviceId: await terminal.setUp(user.email) };
}

export const refused = (code: string, facts: Record<string, unknown> = {}) => ({ status: 418, body: { code, facts } });
