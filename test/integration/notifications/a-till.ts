import { randomUUID } from 'node:crypto';
import type { Notifications } from './support.js';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

export interface Entry {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}

export interface Page {
  readonly data: readonly Entry[];
  readonly next: number;
}

/** A point of sale with an account of its own, which speaks HTTP. */
export class ATill {
  constructor(
    private readonly notifications: Notifications,
    readonly accountId: string = randomUUID(),
  ) {}

  get topic(): string {
    return `events:${this.accountId}`;
  }

  async call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const response = await this.fetch(method, path, body, headers);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
  }

  fetch(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    return fetch(this.notifications.url + path, {
      method,
      headers: {
        'api-token': this.accountId,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  }

  events(query = '', wait?: number): Promise<Answer<Page>> {
    return this.call('GET', `/v2/events${query}`, undefined, wait === undefined ? {} : { prefer: `wait=${wait}` });
  }

  /** All that the log has, page by page. */
  async log(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let after = 0; ;) {
      const { body } = await this.events(`?after=${after}&limit=500`);
      entries.push(...body.data);
      if (body.data.length === 0) return entries;
      after = body.next;
    }
  }
}

/** 1, 2, 3, … */
export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
