import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from '@jest/globals';

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
