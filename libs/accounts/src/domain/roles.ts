import type { Permissions } from './permissions.js';

export const roles = ['administrator', 'manager', 'staff'] as const;
export type Role = (typeof roles)[number];

/** What a console session of a user may do. */
export const permissionsOf: Readonly<Record<Role, Permissions>> = {
  administrator: { general: 'write', settings: 'write', processing: 'admin' },
  manager: { general: 'write', settings: 'read', processing: 'admin' },
  staff: { general: 'read', settings: 'none', processing: 'positive_transaction' },
};
