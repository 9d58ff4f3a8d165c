import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { IsNull, LessThan } from 'typeorm';
import { publishedEvents } from '../application/published-events.js';
import { Device, type Session } from '../domain/device.js';
import { DeviceChangedError, UnknownDeviceError } from '../domain/device-registry.errors.js';
import { DeviceRow } from './device.row.js';

const locked = { mode: 'pessimistic_write' } as const;

@Injectable()
export class DeviceRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Locked until the transaction ends, so that two log-ins follow each other. Rejects with `unknown_device`. */
  async get(tx: Tx, id: string): Promise<Device> {
    const row = await tx.manager.findOne(DeviceRow, { where: { id }, lock: locked });
    if (!row) throw new UnknownDeviceError();
    return deviceOf(row);
  }

  /** Two terminals that claim one serial number at once follow each other. */
  async lockSerialNumber(tx: Tx, serialNumber: string): Promise<void> {
    await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7455440))', [serialNumber]);
  }

  async findBySerialNumber(tx: Tx, serialNumber: string): Promise<Device | undefined> {
    const row = await tx.manager.findOne(DeviceRow, { where: { serialNumber } });
    return row ? deviceOf(row) : undefined;
  }

  async withSessionOf(tx: Tx, userId: string): Promise<Device[]> {
    const rows = await tx.manager.find(DeviceRow, {
      where: { sessionUserId: userId },
      order: { id: 'ASC' },
      lock: locked,
    });
    return rows.map(deviceOf);
  }

  countUnbound(tx: Tx, address: string): Promise<number> {
    return tx.manager.countBy(DeviceRow, { registeredFrom: address, accountId: IsNull() });
  }

  async removeUnbound(tx: Tx, before: Date): Promise<void> {
    await tx.manager.delete(DeviceRow, { accountId: IsNull(), registeredAt: LessThan(before) });
  }

  /** `registeredFrom` is kept from the first time. */
  async save(tx: Tx, device: Device, registeredFrom?: string): Promise<void> {
    const row = rowOf(device);
    if (device.version === 0) {
      await tx.manager.insert(DeviceRow, { ...row, registeredFrom: registeredFrom ?? 'unknown' });
    } else {
      const { affected } = await tx.manager.update(DeviceRow, { id: device.id, version: device.version }, row);
      if (affected !== 1) throw new DeviceChangedError();
    }
    await this.outbox.append(tx, publishedEvents(device.id, device.recorded));
  }
}

function rowOf({ id, version, sequence, state: { session, ...state } }: Device) {
  return {
    id,
    version: version + 1,
    sequence,
    ...state,
    sessionId: session?.id ?? null,
    sessionMode: session?.mode ?? null,
    sessionUserId: session?.userId ?? null,
    sessionOpenedAt: session?.openedAt ?? null,
  };
}

function deviceOf(row: DeviceRow): Device {
  const { id, version, sequence, serialNumber, model, appVersion, publicKey, keyThumbprint, registeredAt } = row;
  const { networkChecked, appInstalled, accountId, lastSessionNumber, locked: isLocked, retired } = row;
  const known = { serialNumber, model, appVersion, publicKey, keyThumbprint, registeredAt };
  const setUp = { networkChecked, appInstalled, accountId };
  const session = sessionOf(row);
  const state = { ...known, ...setUp, lastSessionNumber, session, locked: isLocked, retired };
  return Device.restore(id, state, version, sequence);
}

function sessionOf({
  sessionId,
  sessionMode,
  sessionUserId,
  sessionOpenedAt,
  lastSessionNumber,
}: DeviceRow): Session | null {
  if (!sessionId || !sessionMode || !sessionUserId || !sessionOpenedAt) return null;
  return {
    id: sessionId,
    number: lastSessionNumber,
    mode: sessionMode,
    userId: sessionUserId,
    openedAt: sessionOpenedAt,
  };
}
