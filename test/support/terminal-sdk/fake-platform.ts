import type { LoggedIn } from '../../../libs/terminal-sdk/src/platform/platform-client.js';
import { idOf } from './payments.js';

/** A request as the platform would see it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
}

export const base = 'https://platform.example';

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const refusal = (status: number, code: string, details: Record<string, unknown> = {}): Response =>
  json({ errors: [`it is ${code}`], code, details }, status);

/** A platform behind `fetch`: a test says what it answers, and sees what it was asked. */
export class FakePlatform {
  readonly seen: Seen[] = [];
  private readonly answers = new Map<string, ((seen: Seen) => Response | Promise<Response>)[]>();

  /** Answers of one path, one after another; the last one stays. */
  on(path: string, ...answers: ((seen: Seen) => Response | Promise<Response>)[]): this {
    this.answers.set(path, answers);
    return this;
  }

  asked(path: string): Seen[] {
    return this.seen.filter((one) => one.path === path);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const seen: Seen = {
      method: init.method ?? 'GET',
      path: (typeof input === 'string' ? input : '').replace(base, ''),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      signal: init.signal ?? undefined,
    };
    this.seen.push(seen);
    const answers = this.answers.get(seen.path) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new TypeError('fetch failed');
    return await answer(seen);
  };
}

/** A token that only its times can be read from. */
export const tokenUntil = (ms: number, name = 'session'): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES256' })}.${part({ exp: Math.floor(ms / 1000), name })}.signature`;
};

export const aSession = (more: Partial<LoggedIn> = {}): LoggedIn => ({
  sessionToken: tokenUntil(Date.now() + 600_000),
  session: { id: idOf(500), number: 1 },
  mode: 'api',
  account: { id: idOf(600), name: 'Corner Shop', currency: 'CAD', locale: 'en-CA' },
  user: { id: idOf(700), name: 'Ada', role: 'staff' },
  gatewayUrl: 'wss://gateway.example/device/v1/connect',
  ...more,
});
