import {
  DeviceLocked,
  DeviceLoggedIn,
  DeviceRetired,
  DeviceSessionEnded,
  DeviceSetUp,
  DeviceUnlocked,
  SetUpCodeCreated,
  type DataOf,
  type deviceState,
  type DomainEvent,
  eventOf,
} from '#contracts';
import { type DoneBy, newId, type Recorded } from '#kernel';
import type { z } from 'zod';
import type { DeviceEvent, Session } from '../domain/device-state.js';

/** The only door out of this context. A device without an account concerns nobody yet. */
export function publishedEvents(deviceId: string, recorded: readonly Recorded<DeviceEvent>[]): DomainEvent[] {
  return recorded.map(({ sequence, event }) => {
    const state = stateOf(deviceId, event);
    const facts = { id: newId(), aggregateId: deviceId, sequence, accountId: state.accountId, occurredAt: event.at };
    switch (event.type) {
      case 'DeviceSetUp':
        return eventOf(DeviceSetUp, { ...facts, data: state });
      case 'DeviceLoggedIn':
        return eventOf(DeviceLoggedIn, { ...facts, data: { ...state, session: sessionOf(event.session) } });
      case 'DeviceLocked':
        return eventOf(DeviceLocked, { ...facts, data: { ...state, by: event.by } });
      case 'DeviceUnlocked':
        return eventOf(DeviceUnlocked, { ...facts, data: { ...state, by: event.by } });
      case 'DeviceRetired':
        return eventOf(DeviceRetired, { ...facts, data: { ...state, by: event.by } });
      case 'DeviceSessionEnded': {
        const { reason } = event;
        const data: DataOf<typeof DeviceSessionEnded> = { ...state, ended: sessionOf(event.ended), reason };
        return eventOf(DeviceSessionEnded, { ...facts, data });
      }
    }
  });
}

function stateOf(deviceId: string, { device }: DeviceEvent): z.output<typeof deviceState> {
  const { accountId, serialNumber, model, appVersion, session, locked, retired } = device;
  if (accountId === null) throw new Error('an event of a device that belongs to no account');
  const open = session && sessionOf(session);
  return { deviceId, accountId, serialNumber, model, appVersion, session: open, locked, retired };
}

const sessionOf = ({ id, number, mode, userId }: Session) => ({ id, number, mode, userId });

export interface CreatedCode {
  readonly id: string;
  readonly accountId: string;
  readonly expiresAt: Date;
  readonly by: DoneBy;
  readonly at: Date;
}

/** Of no aggregate: a code is used once, and the device says so. */
export function setUpCodeCreated({ id: setUpCodeId, accountId, expiresAt, by, at }: CreatedCode): DomainEvent {
  const about = { id: newId(), occurredAt: at, aggregateId: null, sequence: null, accountId };
  const { kind, id, name } = by;
  const data = { accountId, setUpCodeId, expiresAt: expiresAt.toISOString(), by: { kind, id, name } };
  return eventOf(SetUpCodeCreated, { ...about, data });
}
