export type { ContextSchema } from './context-schema.js';
export { DatabaseModule } from './database.module.js';
export { DatabaseSettings } from './database-settings.js';
export { openDatabase, UnusableDatabaseError } from './open-database.js';
export { isOutage } from './outage.js';
export { acrossAccounts, limitToAccount } from './tenant.js';
export { type Tx, UnitOfWork } from './unit-of-work.js';
