import type { EntityTarget, MigrationInterface, ObjectLiteral } from 'typeorm';

/** What one context keeps in its own PostgreSQL schema. Migrations run forward only, in the order of their names. */
export interface ContextSchema {
  readonly schema: string;
  readonly rows: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}
