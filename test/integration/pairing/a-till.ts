import { randomUUID } from 'node:crypto';
import { callers } from '../../support/context-alone.js';
import { type Pairing } from './support.js';

export interface TillAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A point of sale of an account; its requests carry the account's id as their token. */
export function aTill(pairing: Pairing, accountId: string = randomUUID(), name = 'Front till') {
  const actor = { kind: 'api_access', id: randomUUID(), name } as const;
  callers.set(accountId, {
    ...{ accountId, accountName: 'Corner Café', actor, role: null },
    permissions: { general: 'read', settings: 'write', processing: 'admin' },
    ...{ apiMode: true, currency: 'CAD', timeZone: 'America/Edmonton' },
    paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
  });
  const call = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<TillAnswer> => {
    const headers = { 'api-token': accountId };
    const answer = await pairing.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.body === '' ? '' : answer.json<unknown>() };
  };
  return { accountId, actor, call };
}
