export { openAccounts } from './commands/accounts-context.js';
export { openMerchant, resetPassword, type WantedMerchant } from './commands/accounts.js';
export { makeSecrets } from './secrets.js';
export { examine } from './commands/doctor/doctor.js';
export type { Finding } from './commands/doctor/finding.js';
export { listDeadLetters, republishEvents, retryDeadLetters } from './commands/events.js';
