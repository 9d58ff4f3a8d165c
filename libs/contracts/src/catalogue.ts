import * as accounts from './accounts.events.js';
import * as deviceGateway from './device-gateway.events.js';
import * as deviceRegistry from './device-registry.events.js';
import type { EventContract } from './event-contract.js';
import * as notifications from './notifications.events.js';
import * as pairing from './pairing.events.js';
import * as paymentRouting from './payment-routing.events.js';

const isContract = (value: unknown): value is EventContract =>
  typeof value === 'object' && value !== null && 'context' in value && 'name' in value && 'data' in value;

/** Every event there is, by name. */
export const catalogue: ReadonlyMap<string, EventContract> = new Map(
  [accounts, deviceGateway, deviceRegistry, notifications, pairing, paymentRouting]
    .flatMap((module) => Object.values<unknown>(module))
    .filter(isContract)
    .map((contract) => [contract.name, contract]),
);
