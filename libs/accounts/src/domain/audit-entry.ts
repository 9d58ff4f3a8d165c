import type { Facts } from '#kernel';
import type { Actor } from './actor.js';

export const auditedActions = [
  'account.opened',
  'api_mode.changed',
  'settings.changed',
  'user.added',
  'user.changed',
  'user.deactivated',
  'api_access.created',
  'api_access.revoked',
  'device.locked',
  'device.unlocked',
  'device.retired',
  'device.renamed',
  'device.unpaired',
  'setup_code.created',
  'webhook.created',
  'webhook.changed',
  'webhook.removed',
  'webhook.secret_rotated',
  'payment.resolved',
] as const;

/** Who changed what, when. Facts never hold a secret, nor its hash. */
export interface AuditEntry {
  readonly accountId: string;
  readonly at: Date;
  readonly by: Actor;
  readonly action: (typeof auditedActions)[number];
  /** The id of what was changed. */
  readonly subjectId: string;
  readonly facts: Facts;
}
