import { randomUUID } from 'node:crypto';
import type { Permissions } from '#http-door';
import type { World } from './world.js';

type Id = 'device' | 'payment' | 'cardTransaction' | 'webhook' | 'delivery' | 'user' | 'apiAccess';

/** What a caller needs: any one of these; `console`, `manager`, `administrator`: a console session, of one who is at least this; `nobody`: no credentials. */
export type Needs = readonly Partial<Permissions>[] | 'console' | 'manager' | 'administrator' | 'nobody';

export interface Route {
  readonly needs: Needs;
  /** The kind of thing that each id in the path names. */
  readonly ids?: Readonly<Record<string, Id>>;
  readonly body?: object;
}

const anyone: Needs = [{}];
const devices: Needs = [{ general: 'read', settings: 'read' }];
const money: Needs = [{ general: 'read' }, { processing: 'positive_transaction' }];
const charge: Needs = [{ processing: 'positive_transaction' }];
const giveBack: Needs = [{ processing: 'admin' }];
const events: Needs = [{ general: 'read' }];
const look: Needs = [{ settings: 'read' }];
const change: Needs = [{ settings: 'write' }];

const code = { code: 'device' } as const;
const payment = { id: 'payment' } as const;
const webhook = { id: 'webhook' } as const;
const delivery = { id: 'webhook', deliveryId: 'delivery' } as const;
const nothing = { general: 'none', settings: 'none', processing: 'none' } as const;
const body = (fields: object) => ({ body: fields });

/** Every call of the API with what the design says it needs, and every id in its path. A call that is missing here fails the tests that use it. */
export const everyRoute: Readonly<Record<string, Route>> = {
  'GET /v2/connection-test': { needs: anyone },
  'GET /v2/devices': { needs: devices },
  'GET /v2/devices/{code}': { needs: devices, ids: code },
  'GET /v2/devices/{code}/ping': { needs: anyone, ids: code },
  'POST /v2/devices/{code}/display': { needs: charge, ids: code, ...body({ text: 'Hello' }) },
  'PATCH /v2/devices/{code}': { needs: change, ids: code, ...body({ name: 'Front counter' }) },
  'DELETE /v2/devices/{code}': { needs: change, ids: code },
  'POST /v2/devices/{code}/lock': { needs: change, ids: code },
  'POST /v2/devices/{code}/unlock': { needs: change, ids: code },
  'POST /v2/devices/{code}/retire': { needs: change, ids: code, ...body({ force: true }) },
  'POST /v2/devices/{code}/payment/purchase': {
    ...{ needs: charge, ids: code, ...body({ currency: 'CAD', transactionAmount: 12.34 }) },
  },
  'POST /v2/devices/{code}/payment/refund': {
    ...{ needs: giveBack, ids: code, ...body({ transactionAmount: 1, originalTransactionId: 1 }) },
  },
  'GET /v2/payments': { needs: money },
  'GET /v2/payments/{id}': { needs: money, ids: payment },
  'POST /v2/payments/{id}/cancel': { needs: charge, ids: payment },
  'POST /v2/payments/{id}/resolve': {
    ...{ needs: giveBack, ids: payment, ...body({ outcome: 'failed', reason: 'seen on the statement' }) },
  },
  'GET /v2/card-transactions': { needs: money },
  'GET /v2/card-transactions/{id}': { needs: money, ids: { id: 'cardTransaction' } },
  'GET /v2/card-terminals': { needs: money },
  'GET /v2/events': { needs: events },
  'GET /v2/events/stream': { needs: events },
  'GET /v2/settings': { needs: look },
  'PATCH /v2/settings': { needs: change, ...body({ payWithin: 60 }) },
  'GET /v2/settings/api-mode': { needs: look },
  'PUT /v2/settings/api-mode': { needs: change, ...body({ enabled: true }) },
  'GET /v2/webhooks': { needs: look },
  'POST /v2/webhooks': { needs: change, ...body({ url: 'https://shop.example/hook' }) },
  'GET /v2/webhooks/{id}': { needs: look, ids: webhook },
  'PATCH /v2/webhooks/{id}': { needs: change, ids: webhook, ...body({ description: 'Till' }) },
  'DELETE /v2/webhooks/{id}': { needs: change, ids: webhook },
  'POST /v2/webhooks/{id}/rotate-secret': { needs: change, ids: webhook },
  'POST /v2/webhooks/{id}/test': { needs: change, ids: webhook },
  'POST /v2/webhooks/{id}/redeliver': { needs: change, ids: webhook, ...body({ from: '2026-11-23T00:00:00Z' }) },
  'GET /v2/webhooks/{id}/deliveries': { needs: look, ids: webhook },
  'POST /v2/webhooks/{id}/deliveries/{deliveryId}/redeliver': { needs: change, ids: delivery },
  'GET /console/v1/session': { needs: 'console' },
  'POST /console/v1/session': { needs: 'nobody', ...body({ email: 'a@shop.example', password: 'wrong' }) },
  'DELETE /console/v1/session': { needs: 'nobody' },
  'DELETE /console/v1/sessions': { needs: 'console' },
  'POST /console/v1/setup-codes': { needs: 'manager' },
  'GET /console/v1/overview': { needs: events },
  'GET /console/v1/users': { needs: 'manager' },
  'POST /console/v1/users': { needs: 'administrator', ...body({ name: 'Sam', role: 'staff', pin: '778899' }) },
  'PATCH /console/v1/users/{id}': { needs: 'administrator', ids: { id: 'user' }, ...body({ name: 'Sam' }) },
  'PUT /console/v1/password': {
    needs: 'console',
    ...body({ currentPassword: 'not the right one', password: 'a long enough one' }),
  },
  'DELETE /console/v1/users/{id}': { needs: 'administrator', ids: { id: 'user' } },
  'GET /console/v1/api-accesses': { needs: 'administrator' },
  'POST /console/v1/api-accesses': { needs: 'administrator', ...body({ name: 'Till', permissions: nothing }) },
  'DELETE /console/v1/api-accesses/{id}': { needs: 'administrator', ids: { id: 'apiAccess' } },
  'GET /console/v1/payments/{id}/details': { needs: money, ids: payment },
  'GET /console/v1/devices/{code}/session': { needs: devices, ids: code },
  'GET /console/v1/deliveries': { needs: look },
  'GET /console/v1/dead-letters': { needs: 'administrator' },
  'POST /console/v1/dead-letters/retry': { needs: 'administrator' },
  'GET /console/v1/audit': { needs: 'administrator' },
};

/** The calls that the running platform describes, in the same words. */
export async function describedRoutes(world: World): Promise<string[]> {
  const { paths } = (await world.call('GET', '/openapi.json')).body as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** An id of this kind that nobody has. */
export const unknownIds: Readonly<Record<Id, string>> = {
  device: 'WWWW',
  payment: randomUUID(),
  cardTransaction: '999999999',
  webhook: randomUUID(),
  delivery: '999999999',
  user: randomUUID(),
  apiAccess: randomUUID(),
};

export const splitRoute = (name: string): { readonly method: string; readonly path: string } => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path };
};

/** The path with `values` for its ids. */
export const filled = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
