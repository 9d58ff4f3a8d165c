import {
  DeviceCodeAssigned,
  DeviceListeningChanged,
  DeviceRenamed,
  DeviceUnpaired,
  DeviceWentOffline,
  DeviceWentOnline,
  type DomainEvent,
  eventOf,
} from '#contracts';
import { newId, type Recorded } from '#kernel';
import type { PairingEvent } from '../domain/paired-device-state.js';

/** The only door out of this context: what its aggregates recorded, in the words of the contracts. */
export function publishedEvents(deviceId: string, recorded: readonly Recorded<PairingEvent>[]): DomainEvent[] {
  return recorded.map(({ sequence, event }) => {
    const { accountId, code, at } = event;
    const facts = { id: newId(), aggregateId: deviceId, sequence, accountId, occurredAt: at };
    const device = { deviceId, accountId, code };
    switch (event.type) {
      case 'DeviceCodeAssigned':
        return eventOf(DeviceCodeAssigned, { ...facts, data: device });
      case 'DeviceListeningChanged':
        return eventOf(DeviceListeningChanged, { ...facts, data: { ...device, ...event.now } });
      case 'DeviceWentOnline': {
        const { sessionId, sessionNumber, connectSequence, node, connectionId } = event.connection;
        const connection = { sessionId, sessionNumber, connectSequence, node, connectionId };
        return eventOf(DeviceWentOnline, { ...facts, data: { ...device, ...connection } });
      }
      case 'DeviceWentOffline':
        return eventOf(DeviceWentOffline, { ...facts, data: { ...device, since: at.toISOString() } });
      case 'DeviceRenamed': {
        const { name: displayName, location, by } = event;
        return eventOf(DeviceRenamed, { ...facts, data: { ...device, displayName, location, by } });
      }
      case 'DeviceUnpaired': {
        const { sessionNumber, by } = event;
        return eventOf(DeviceUnpaired, { ...facts, data: { ...device, sessionNumber, by } });
      }
    }
  });
}
