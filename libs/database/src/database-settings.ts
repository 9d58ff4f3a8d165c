import type { ContextSchema } from './context-schema.js';

/** What the platform tells the database library. */
export abstract class DatabaseSettings {
  /** `postgres://user:password@host:port/database`. */
  abstract readonly url: string;
  /** Every context whose tables this process needs; their migrations run at start. */
  abstract readonly contexts: readonly ContextSchema[];
  /** Connections at most; at least 2. */
  abstract readonly poolSize: number;
}
