import { z } from 'zod';
import type { PaymentResult } from '../payments/journal.js';
import type { DeviceKey } from './device-key.js';
import type { ServerClock } from './server-clock.js';

const isoTime = z.iso.datetime();
const step = z.enum(['network', 'app', 'account']);
const missing = z.array(step);
const registered = z.object({ deviceId: z.string(), missing });
const checked = z.object({ serverTime: isoTime, missing });
const bound = z.object({ missing, account: z.object({ id: z.string(), name: z.string() }) });
const loggedIn = z.object({
  sessionToken: z.string(),
  session: z.object({ id: z.string(), number: z.number() }),
  mode: z.enum(['api', 'standalone']),
  account: z.object({ id: z.string(), name: z.string(), currency: z.string(), locale: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  gatewayUrl: z.string(),
});
const refused = z.object({
  errors: z.array(z.string()),
  code: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

const renewed = loggedIn.pick({ sessionToken: true, gatewayUrl: true }).partial({ gatewayUrl: true });

export type SetUpStep = z.output<typeof step>;
export type LoggedIn = z.output<typeof loggedIn>;
/** The next token, and where the gateway is by now. */
export type Renewed = z.output<typeof renewed>;
export type Credentials = { readonly pin: string } | { readonly email: string; readonly password: string };

/** The platform said no: a stable code, a sentence, and the seconds to wait if it named them. */
export class PlatformRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>>,
    readonly retryAfterSeconds: number | null,
  ) {
    super(message);
    this.name = 'PlatformRefusal';
  }
}

/** The platform knows nothing of the session, or not even of the terminal. */
export const isOver = (code: string | null): boolean => code === 'session_ended' || code === 'unknown_device';

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Longer than the platform lets any call wait. */
const answerWithinMs = 40_000;

/** The calls of a terminal before and beside its connection; each carries a proof by the terminal's own key (RFC 9449). */
export class PlatformClient {
  private readonly switchedOff = new AbortController();

  /** @param baseUrl the platform's address, without a path. */
  constructor(
    private readonly baseUrl: string,
    private readonly key: DeviceKey,
    private readonly clock: ServerClock,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
  ) {}

  /** Ends the calls under way; they and all later ones reject. */
  close(): void {
    this.switchedOff.abort();
  }

  /** With a set-up code, a new key may stand for a terminal that the account has, and it is bound at once. */
  async register(device: { serialNumber: string; model: string; appVersion: string; setupCode?: string }) {
    const body = { ...device, publicKey: this.key.publicJwk };
    return registered.parse(await this.call({ method: 'POST', path: '/device/v1/setup', body }));
  }

  async checkNetwork() {
    const body = { deviceTime: new Date(this.clock.deviceTime).toISOString() };
    return checked.parse(await this.call({ method: 'POST', path: '/device/v1/setup/network', body }));
  }

  async installApp(appVersion: string): Promise<readonly SetUpStep[]> {
    const answer = await this.call({ method: 'POST', path: '/device/v1/setup/app', body: { appVersion } });
    return z.object({ missing }).parse(answer).missing;
  }

  async bind(by: { email: string; password: string } | { setupCode: string }) {
    const body = 'setupCode' in by ? { setupCode: by.setupCode } : { email: by.email, password: by.password };
    return bound.parse(await this.call({ method: 'POST', path: '/device/v1/setup/account', body }));
  }

  async logIn(credentials: Credentials): Promise<LoggedIn> {
    return loggedIn.parse(await this.call({ method: 'POST', path: '/device/v1/sessions', body: credentials }));
  }

  async renew(token: string): Promise<Renewed> {
    return renewed.parse(await this.call({ method: 'POST', path: '/device/v1/sessions/current/token', token }));
  }

  /** A session that has ended already is left as well. */
  async logOut(token: string): Promise<void> {
    try {
      await this.call({ method: 'DELETE', path: '/device/v1/sessions/current', token });
    } catch (error) {
      if (!(error instanceof PlatformRefusal) || !isOver(error.code)) throw error;
    }
  }

  /** The device code; null while the platform is still registering. */
  async registration(token: string, waitSeconds: number): Promise<string | null> {
    const headers = { prefer: `wait=${waitSeconds}` };
    const answer = await this.call({ method: 'GET', path: '/device/v1/registration', token, headers });
    return z.object({ code: z.string().nullable() }).parse(answer).code;
  }

  /** The ids of the payments that are settled. */
  async deliver(results: readonly (PaymentResult & { paymentId: string; attempt: number })[]): Promise<string[]> {
    const answer = await this.call({ method: 'POST', path: '/device/v1/results', body: { results } });
    return z.object({ settled: z.array(z.string()) }).parse(answer).settled;
  }

  /** A refusal because of the clock says the right time: with it, the call is made once more. */
  private async call(call: Call): Promise<unknown> {
    try {
      return await this.callOnce(call);
    } catch (error) {
      const serverTime = error instanceof PlatformRefusal && isoTime.safeParse(error.details.serverTime).data;
      if (!serverTime) throw error;
      this.clock.hear(serverTime);
      return await this.callOnce(call);
    }
  }

  private async callOnce({ method, path, body, token, headers = {} }: Call): Promise<unknown> {
    const url = this.baseUrl + path;
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await this.fetcher(url, {
      method,
      headers: {
        ...headers,
        ...json,
        dpop: await this.proof(method, url, token),
        ...(token === undefined ? {} : { authorization: `DPoP ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([this.switchedOff.signal, AbortSignal.timeout(answerWithinMs)]),
    });
    const text = await response.text();
    const answer = jsonOf(text);
    const isEmpty = response.status === 204;
    if (!response.ok || (answer === undefined && !isEmpty)) throw refusalOf(response, answer);
    return answer;
  }

  private async proof(htm: string, htu: string, token: string | undefined): Promise<string> {
    const iat = Math.floor(this.clock.now() / 1000);
    const claims = { htm, htu, iat, jti: crypto.randomUUID() };
    return this.key.sign('dpop+jwt', token === undefined ? claims : { ...claims, ath: await sha256(token) });
  }
}

/** Undefined when it is no JSON: a proxy in between answers with pages of its own. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refusalOf(response: Response, answer: unknown): PlatformRefusal {
  const parsed = refused.safeParse(answer);
  const { code, errors, details = {} } = parsed.data ?? { code: 'unreadable', errors: [`HTTP ${response.status}`] };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const seconds = Number.isFinite(retryAfter) ? retryAfter : null;
  return new PlatformRefusal(response.status, code, errors.join('; '), details, seconds);
}

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
