export type { ContextSchema } from './context-schema.js';
export { type Tx, UnitOfWork } from './unit-of-work.js';
