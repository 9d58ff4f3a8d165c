import type { ContextSchema } from '#database';
import { AccountRow } from './account.row.js';
import { ApiAccessRow } from './api-access.row.js';
import { AuditEntryRow } from './audit-entry.row.js';
import { ConsoleSessionRow } from './console-session.row.js';
import { AddCardTerminal1764000000020 } from './migrations/add-card-terminal.js';
import { AddSettings1764000000010 } from './migrations/add-settings.js';
import { CreateAccounts1763900000000 } from './migrations/create-accounts.js';
import { UserRow } from './user.row.js';

export const accountsSchema: ContextSchema = {
  schema: 'accounts',
  rows: [AccountRow, UserRow, ApiAccessRow, ConsoleSessionRow, AuditEntryRow],
  migrations: [CreateAccounts1763900000000, AddSettings1764000000010, AddCardTerminal1764000000020],
};
