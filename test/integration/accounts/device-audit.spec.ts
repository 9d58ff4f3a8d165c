import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DeviceLocked, DeviceRenamed, DeviceRetired, DeviceUnlocked, DeviceUnpaired, eventOf } from '#contracts';
import { OnDeviceManaged } from '../../../libs/accounts/src/application/on-device-managed.js';
import { type Accounts, anAccount, startAccounts } from './support.js';

let accounts: Accounts;
beforeAll(async () => {
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

it('the audit log tells who did what to a device', async () => {
  const { accountId } = await anAccount(accounts);
  const deviceId = randomUUID();
  const by = { kind: 'api_access', id: randomUUID(), name: 'Front till' } as const;
  const occurredAt = new Date('2026-11-23T11:59:00.000Z');
  const facts = { id: randomUUID(), aggregateId: deviceId, sequence: 1, accountId, occurredAt };
  const registered = { deviceId, accountId, serialNumber: 'SN-1', model: 'T1', appVersion: '1.0.0', session: null };
  const changed = { ...facts, data: { ...registered, locked: false, retired: false, by } };
  const paired = { deviceId, accountId, code: 'NB7X' };
  const noted = accounts.get(OnDeviceManaged);
  await accounts.database.unitOfWork.run(async (tx) => {
    await noted.locked(eventOf(DeviceLocked, changed), tx);
    await noted.unlocked(eventOf(DeviceUnlocked, changed), tx);
    await noted.retired(eventOf(DeviceRetired, changed), tx);
    const renamed = { ...paired, displayName: 'Front counter', location: null, by };
    await noted.renamed(eventOf(DeviceRenamed, { ...facts, data: renamed }), tx);
    const unpaired = { ...paired, sessionNumber: 1 };
    await noted.unpaired(eventOf(DeviceUnpaired, { ...facts, data: { ...unpaired, by } }), tx);
    await noted.unpaired(eventOf(DeviceUnpaired, { ...facts, data: { ...unpaired, by: null } }), tx);
  });
  const entries: Record<string, unknown>[] = await accounts.database.dataSource.query(
    `SELECT action, at, actor_kind AS kind, actor_id AS id, actor_name AS name, subject_id AS subject, facts
       FROM accounts.audit_entry WHERE account_id = $1 AND action LIKE 'device.%' ORDER BY accounts.audit_entry.id`,
    [accountId],
  );
  expect(entries.map(({ action, facts: said }) => [action, said])).toEqual([
    ['device.locked', { serialNumber: 'SN-1' }],
    ['device.unlocked', { serialNumber: 'SN-1' }],
    ['device.retired', { serialNumber: 'SN-1' }],
    ['device.renamed', { code: 'NB7X', name: 'Front counter', location: '' }],
    ['device.unpaired', { code: 'NB7X' }],
  ]);
  for (const entry of entries) expect(entry).toMatchObject({ at: occurredAt, ...by, subject: deviceId });
});
