export { DeviceGatewayModule } from './device-gateway.module.js';
export { Drain } from './application/drain.js';
export { GatewayCounters } from './application/gateway-counters.js';
export { GatewayLimits } from './application/gateway-limits.js';
export { GatewayMetrics } from './infrastructure/gateway-metrics.js';
export { Links } from './application/links.js';
export { DeviceGatewaySettings } from './application/ports.js';
export { TerminalWsAdapter } from './sockets/terminal-ws.adapter.js';
