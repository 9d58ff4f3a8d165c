export { originsOf, reachable } from './addresses.js';
export { each, Is, isHost, isOrigin, isOwnUrl, isProxy, isServiceUrl, listOf, Whole } from './forms.js';
export { ConfigurationError, logLevels, readEnvironment } from './read-environment.js';
