import { AdministratorRequiredError } from './accounts.errors.js';
import type { Role } from './roles.js';

/** Who makes a change: a user, an API access, or the operator's own tool. */
export interface Actor {
  readonly kind: 'user' | 'api_access' | 'system';
  readonly id: string;
  readonly name: string;
  readonly role: Role | null;
}

/** The operator, at the command line. */
export const operator: Actor = { kind: 'system', id: 'system', name: 'system', role: null };

export function requireAdministrator(by: Actor): void {
  if (by.kind !== 'system' && by.role !== 'administrator') throw new AdministratorRequiredError();
}
