import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessLevels, type Permissions, processingLevels } from '#http-door';
import {
  describedRoutes,
  everyRoute,
  filled,
  type Needs,
  type Route,
  splitRoute,
  unknownIds,
} from '../support/every-route.js';
import { modes } from '../support/platform.js';
import { type Merchant, type Person, World } from '../support/world.js';

/** What each role of the console may do, as the design says. */
const roles = {
  administrator: { general: 'write', settings: 'write', processing: 'admin' },
  manager: { general: 'write', settings: 'read', processing: 'admin' },
  staff: { general: 'read', settings: 'none', processing: 'positive_transaction' },
} as const satisfies Record<string, Permissions>;
type Role = keyof typeof roles;

const everyPermission: Permissions[] = accessLevels.flatMap((general) =>
  accessLevels.flatMap((settings) => processingLevels.map((processing) => ({ general, settings, processing }))),
);

const reaches = <Level>(levels: readonly Level[], has: Level, needs: Level | undefined): boolean =>
  needs === undefined || levels.indexOf(has) >= levels.indexOf(needs);

function mayCall(needs: Needs, has: Permissions, role: Role | null): boolean {
  if (needs === 'nobody') return true;
  if (needs === 'console') return role !== null;
  if (needs === 'administrator') return role === 'administrator';
  if (needs === 'manager') return role === 'administrator' || role === 'manager';
  return needs.some(
    ({ general, settings, processing }) =>
      reaches(accessLevels, has.general, general) &&
      reaches(accessLevels, has.settings, settings) &&
      reaches(processingLevels, has.processing, processing),
  );
}

const nameOf = ({ general, settings, processing }: Permissions): string => `${general}/${settings}/${processing}`;

describe.each(modes)('every call × every permission, %s', (mode) => {
  let world: World;
  let merchant: Merchant;
  const tokens = new Map<string, string>();
  let people: Record<Role, Person>;

  beforeAll(async () => {
    const generous = { RATE_LIMIT_MINUTE: '100000', RATE_LIMIT_HOUR: '100000' };
    world = await World.start(mode, generous);
    merchant = await world.merchant();
    for (const permissions of everyPermission)
      tokens.set(nameOf(permissions), await world.token(merchant.accountId, permissions));
    people = { ...merchant, manager: await world.person(merchant, 'manager') };
  });

  afterAll(async () => {
    await world.stop();
  });

  /** With ids that nobody has and a body that says nothing: what passes the door changes nothing. */
  async function knock(name: string, { ids = {}, body }: Route, headers: Record<string, string>): Promise<number> {
    const { method, path } = splitRoute(name);
    const values = Object.fromEntries(Object.entries(ids).map(([id, kind]) => [id, unknownIds[kind]]));
    const hangUp = new AbortController();
    const response = await fetch(world.platform.url + filled(path, values), {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: '{"nothing":"of this"}' } : {}),
      signal: hangUp.signal,
    });
    hangUp.abort();
    return response.status;
  }

  it('the table has every call of the platform, and no other', async () => {
    expect((await describedRoutes(world)).sort()).toEqual(Object.keys(everyRoute).sort());
  });

  it.each(Object.entries(everyRoute))('%s', async (name, route) => {
    if (route.needs === 'nobody') {
      expect([204, 400]).toContain(await knock(name, route, {}));
      return;
    }
    expect(await knock(name, route, {})).toBe(401);
    expect(await knock(name, route, { 'api-token': 'tg_wrong' })).toBe(403);
    const passed: string[] = [];
    for (const permissions of everyPermission) {
      const status = await knock(name, route, { 'api-token': tokens.get(nameOf(permissions)) ?? '' });
      if (status !== 403) passed.push(nameOf(permissions));
      expect(status).not.toBe(500);
    }
    expect(passed).toEqual(everyPermission.filter((one) => mayCall(route.needs, one, null)).map(nameOf));
    for (const role of ['administrator', 'manager', 'staff'] as const) {
      // One of the calls logs out everywhere.
      const status = await knock(name, route, { cookie: await world.cookieOf(people[role]) });
      expect([role, status !== 403]).toEqual([role, mayCall(route.needs, roles[role], role)]);
    }
  });
});
