export { type AccessRecord, JsonLogger } from './json-logger.js';
export { Metrics } from './metrics.js';
export { serveMetrics } from './metrics-server.js';
export { currentRequest, inRequest, type RequestContext } from './request-context.js';
