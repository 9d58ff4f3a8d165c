import http from 'node:http';
import https from 'node:https';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { maskedCardNumber, printable } from '#kernel';
import ipaddr from 'ipaddr.js';
import { NotificationsSettings, type WebhookAnswer, type WebhookRequest, WebhookSender } from '../application/ports.js';
import { forbiddenAddress, isPrivateName, isPublic, lookupPublic } from './public-addresses.js';

/** Of an answer little more than its status is wanted. This much of its body is kept … */
const keptBytes = 1_024;
/** … if it comes within this time after the head … */
const bodyWithinMs = 1_000;
/** … and more than this is not even read. */
const readBytes = 16 * 1_024;
const longestUrl = 2_048;

/** Posts over HTTPS to public addresses only. Redirects are not followed: they are an answer like any other. */
@Injectable()
export class HttpsWebhookSender extends WebhookSender implements OnApplicationShutdown {
  /** From the look-up of the name to the end of the answer. */
  protected readonly withinMs: number = 15_000;
  private readonly agents = {
    'https:': new https.Agent({ keepAlive: true }),
    'http:': new http.Agent({ keepAlive: true }),
  };

  constructor(private readonly settings: NotificationsSettings) {
    super();
  }

  onApplicationShutdown(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  override problemOf(text: string): string | null {
    const url = parsed(text);
    if (!url) {
      return `must be a URL such as https://pos.example/hooks, at most ${longestUrl} characters, without spaces, a user or a fragment`;
    }
    if (this.isAllowed(url))
      return url.protocol === 'http:' || url.protocol === 'https:' ? null : 'must begin with https://';
    if (url.protocol !== 'https:') return 'must begin with https://';
    const host = bare(url.hostname);
    const isPrivate = ipaddr.isValid(host) ? !isPublic(host) : isPrivateName(host);
    return isPrivate ? 'must not name a host of a private network' : null;
  }

  override send({ url: text, headers, body }: WebhookRequest): Promise<WebhookAnswer> {
    const began = performance.now();
    const answer = (facts: Partial<WebhookAnswer>): WebhookAnswer => ({
      ...{ status: null, problem: null, body: null, askedMs: null, ...facts },
      tookMs: Math.round(performance.now() - began),
    });
    const problem = this.problemOf(text);
    if (problem !== null) return Promise.resolve(answer({ problem: 'the URL is not allowed' }));
    return new Promise((resolve) => {
      const request = this.requestTo(new URL(text), headers, body);
      request.on('response', (response) => {
        const { statusCode: status = null, headers } = response;
        const head = answer({ status, askedMs: retryAfterMs(headers['retry-after']) });
        // What becomes of the connection after this changes nothing of the answer.
        resolve(beginningOf(response).then((body) => ({ ...head, body })));
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        resolve(answer({ problem: wordsFor(error) }));
      });
      // A receiver that answers with another protocol ends the connection without either of the two.
      request.on('close', () => {
        resolve(answer({ problem: words.ECONNRESET ?? null }));
      });
      request.end(body);
    });
  }

  private requestTo(url: URL, headers: WebhookRequest['headers'], body: string): http.ClientRequest {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(this.withinMs),
      ...(this.isAllowed(url) ? {} : { lookup: lookupPublic }),
    };
    return url.protocol === 'http:'
      ? http.request(url, { ...options, agent: this.agents['http:'] })
      : https.request(url, { ...options, agent: this.agents['https:'] });
  }

  private isAllowed({ hostname }: URL): boolean {
    return this.settings.allowedHosts.includes(bare(hostname));
  }
}

/** Null also for what a parser would pass over in silence, such as a line break. */
function parsed(text: string): URL | null {
  if (text.length > longestUrl || /[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username === '' && url.password === '' && url.hash === '' ? url : null;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function beginningOf(response: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let read = 0;
    const enough = (): void => {
      clearTimeout(patience);
      resolve(wordsOf(response, Buffer.concat(kept).subarray(0, keptBytes)));
    };
    const patience = setTimeout(enough, bodyWithinMs);
    response.on('error', () => undefined);
    response.on('close', enough);
    response.on('data', (chunk: Buffer) => {
      if (read < keptBytes) kept.push(chunk);
      read += chunk.length;
      if (read >= keptBytes) enough();
      if (read > readBytes) response.destroy();
    });
  });
}

/** On one line, without what cannot be printed and without card numbers, whole or cut; null: nothing to read. */
function wordsOf({ headers, complete }: IncomingMessage, bytes: Buffer): string | null {
  if (headers['content-encoding'] !== undefined) return null;
  const text = printable(bytes.toString('utf8').replace(/\s+/g, ' '));
  const isWhole = complete && bytes.length < keptBytes;
  return maskedCardNumber(isWhole ? text : text.replace(/\d[\d\p{P}\p{Z}]*$/u, '')).trim() || null;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

const words: Readonly<Record<string, string>> = {
  [forbiddenAddress]: 'the host has an address that is not public',
  ABORT_ERR: 'no answer within 15 seconds',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the host name has no address',
  EAI_AGAIN: 'the host name could not be looked up',
};

function wordsFor({ code, name }: NodeJS.ErrnoException): string {
  if (name === 'TimeoutError' || name === 'AbortError') return words.ABORT_ERR ?? '';
  if (code?.startsWith('CERT_') || code?.includes('SSL') || code?.includes('CERT'))
    return 'the certificate is not valid';
  return words[code ?? ''] ?? 'the connection failed';
}
