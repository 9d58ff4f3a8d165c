export { runningEmbeddedPostgres } from './running.js';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './start.js';
