import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  DeviceLocked,
  DeviceRenamed,
  DeviceRetired,
  DeviceUnlocked,
  DeviceUnpaired,
  eventOf,
  PaymentResolved,
  SetUpCodeCreated,
  WebhookManaged,
} from '#contracts';
import { OnPaymentResolved } from '../../../libs/accounts/src/application/on-payment-resolved.js';
import { OnSetUpCodeCreated } from '../../../libs/accounts/src/application/on-set-up-code-created.js';
import { OnWebhookManaged } from '../../../libs/accounts/src/application/on-webhook-managed.js';
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

it('the audit log tells who changed a webhook, settled a payment, or made a set-up code', async () => {
  const { accountId } = await anAccount(accounts);
  const by = { kind: 'user', id: randomUUID(), name: 'Olive Owner' } as const;
  const [webhookId, paymentId, setUpCodeId] = [randomUUID(), randomUUID(), randomUUID()];
  const about = { id: randomUUID(), aggregateId: null, sequence: null, accountId, occurredAt: new Date() };
  await accounts.database.unitOfWork.run(async (tx) => {
    for (const change of ['created', 'changed', 'secret_rotated', 'removed'] as const) {
      const data = { accountId, webhookId, change, host: 'pos.example.com', by };
      await accounts.get(OnWebhookManaged).handle(eventOf(WebhookManaged, { ...about, data }), tx);
    }
    const data = { accountId, paymentId, outcome: 'approved', reason: 'acquirer told so', by } as const;
    await accounts.get(OnPaymentResolved).handle(eventOf(PaymentResolved, { ...about, data }), tx);
    const code = { accountId, setUpCodeId, expiresAt: '2026-11-23T20:50:17.120Z', by };
    await accounts.get(OnSetUpCodeCreated).handle(eventOf(SetUpCodeCreated, { ...about, data: code }), tx);
  });
  const entries: Record<string, unknown>[] = await accounts.database.dataSource.query(
    `SELECT action, actor_name AS name, subject_id AS subject, facts FROM accounts.audit_entry
      WHERE account_id = $1 AND action NOT IN ('account.opened', 'user.added') ORDER BY id`,
    [accountId],
  );
  const ofWebhook = { name: by.name, subject: webhookId, facts: { host: 'pos.example.com' } };
  expect(entries).toEqual([
    { action: 'webhook.created', ...ofWebhook },
    { action: 'webhook.changed', ...ofWebhook },
    { action: 'webhook.secret_rotated', ...ofWebhook },
    { action: 'webhook.removed', ...ofWebhook },
    {
      ...{ action: 'payment.resolved', name: by.name, subject: paymentId },
      facts: { outcome: 'approved', reason: 'acquirer told so' },
    },
    { action: 'setup_code.created', name: by.name, subject: setUpCodeId, facts: {} },
  ]);
});
