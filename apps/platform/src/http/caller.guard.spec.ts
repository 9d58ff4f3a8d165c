import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { acrossAccounts } from '#database';
import { describe, expect, it } from '@jest/globals';
import {
  type Caller,
  CallerAuthentication,
  ForDevices,
  Public,
  Requires,
  RequiresAdministrator,
  RequiresConsole,
  RequiresManager,
  type RequestWithCaller,
} from '#http-door';
import { CallerGuard } from './caller.guard.js';

class Doors {
  @Public() all() {
    return 0;
  }
  @ForDevices() devices() {
    return 0;
  }
  @Requires() callers() {
    return 0;
  }
  @Requires({ settings: 'write' }) writers() {
    return 0;
  }
  @RequiresAdministrator() administrators() {
    return 0;
  }
  @RequiresConsole() people() {
    return 0;
  }
  @RequiresManager() managers() {
    return 0;
  }
  withoutRule() {
    return 0;
  }
}
type Door = keyof Doors;

const till: Caller = {
  accountName: 'Corner Café',
  accountId: 'account-1',
  actor: { kind: 'api_access', id: 'access-1', name: 'Till' },
  role: null,
  permissions: { general: 'write', settings: 'write', processing: 'admin' },
  ...{ apiMode: true, currency: 'CAD', timeZone: 'America/Edmonton' },
  paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
};
const reader: Caller = { ...till, permissions: { general: 'read', settings: 'read', processing: 'none' } };
const administrator: Caller = { ...till, role: 'administrator' };
const sessions = new Map<string, Caller>([
  ['ada', administrator],
  ['max', { ...till, role: 'manager' }],
  ['sam', { ...till, role: 'staff' }],
]);

class Known extends CallerAuthentication {
  override byToken(token: string): Promise<Caller | undefined> {
    return Promise.resolve({ till, reader }[token]);
  }
  override bySession(cookie: string): Promise<Caller | undefined> {
    return Promise.resolve(sessions.get(cookie));
  }
}

const guard = new CallerGuard(new Reflector(), new Known(), { origins: ['https://pay.example.com'] });

async function knock(door: Door, headers: Record<string, string> = {}, method = 'POST') {
  const request: RequestWithCaller & { method: string; headers: object } = { method, headers };
  const context = { getType: () => 'http', getHandler: () => Doors.prototype[door] };
  const http = { switchToHttp: () => ({ getRequest: () => request }) };
  const execution = { ...context, ...http } as unknown as ExecutionContext;
  const entry = await acrossAccounts(() => guard.canActivate(execution)).catch(codeOf);
  return entry === true ? (request.caller ?? 'nobody') : entry;
}

const codeOf = (error: unknown): unknown => (error as { code: unknown }).code;
const cookie = 'tillgate_session=ada';

describe('who may come in', () => {
  it('is everybody at a public door, and at one that checks the proof of devices itself', async () => {
    expect([await knock('all'), await knock('devices')]).toEqual(['nobody', 'nobody']);
  });

  it('is nobody at a door without a rule', async () => {
    expect(await knock('withoutRule', { 'api-token': 'till' })).toBe(false);
  });

  it('is who shows a token that is known, and no other', async () => {
    expect(await knock('callers', { 'api-token': 'reader' })).toBe(reader);
    expect(await knock('callers')).toBe('unauthenticated');
    expect(await knock('callers', { 'api-token': '' })).toBe('unauthenticated');
    expect(await knock('callers', { 'api-token': 'stolen' })).toBe('forbidden');
  });

  it('is not saved by a good cookie from showing a good token', async () => {
    expect(await knock('callers', { 'api-token': 'stolen', cookie })).toBe('forbidden');
  });

  it('reaches the permissions that the door needs', async () => {
    expect(await knock('writers', { 'api-token': 'till' })).toBe(till);
    expect(await knock('writers', { 'api-token': 'reader' })).toBe('forbidden');
  });

  it('is an administrator where that is needed, and never a token', async () => {
    expect(await knock('administrators', { cookie })).toBe(administrator);
    expect(await knock('administrators', { 'api-token': 'till' })).toBe('forbidden');
  });

  it('is a user of the console where no point of sale may come in', async () => {
    for (const name of ['ada', 'max', 'sam'])
      expect(await knock('people', { cookie: `tillgate_session=${name}` })).toBe(sessions.get(name));
    expect(await knock('people', { 'api-token': 'till' })).toBe('forbidden');
  });

  it('is a manager or an administrator where one of them is needed, and never a token', async () => {
    for (const name of ['ada', 'max'])
      expect(await knock('managers', { cookie: `tillgate_session=${name}` })).toBe(sessions.get(name));
    expect(await knock('managers', { cookie: 'tillgate_session=sam' })).toBe('forbidden');
    expect(await knock('managers', { 'api-token': 'till' })).toBe('forbidden');
  });

  it('uses the cookie of the console from its own pages only', async () => {
    expect(await knock('callers', { cookie, origin: 'https://pay.example.com' })).toBe(administrator);
    expect(await knock('callers', { cookie, origin: 'https://evil.example' })).toBe('forbidden');
    expect(await knock('callers', { cookie, origin: 'null' })).toBe('forbidden');
    expect(await knock('callers', { cookie, origin: 'https://evil.example' }, 'GET')).toBe(administrator);
    expect(await knock('callers', { cookie: 'tillgate_session=bob' })).toBe('unauthenticated');
  });

  it('is asked anew where an answer goes on for long', async () => {
    const request: RequestWithCaller & { headers: object } = { headers: { cookie: 'tillgate_session=eve' } };
    const http = { switchToHttp: () => ({ getRequest: () => request }) };
    const context = { getType: () => 'http', getHandler: () => Doors.prototype.administrators, ...http };
    sessions.set('eve', administrator);
    await acrossAccounts(() => guard.canActivate(context as unknown as ExecutionContext));
    expect(await request.isStillAllowed?.()).toBe(true);
    sessions.set('eve', { ...till, role: 'manager' });
    expect(await request.isStillAllowed?.()).toBe(false);
    sessions.delete('eve');
    expect(await request.isStillAllowed?.()).toBe(false);
  });

  it('is not asked of an event', async () => {
    expect(await guard.canActivate({ getType: () => 'rpc' } as unknown as ExecutionContext)).toBe(true);
  });
});
