import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { IsNull, LessThan } from 'typeorm';
import { publishedEvents } from '../application/published-events.js';
import { Device } from '../domain/device.js';
import type { Session } from '../domain/device-state.js';
import { DeviceChangedError, UnknownDeviceError } from '../domain/device-registry.errors.js';
import { DeviceRow } from './device.row.js';

const locked = { mode: 'pessimistic_write' } as const;

@Injectable()
export class DeviceRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Locked until the transaction ends, so that two log-ins follow each other. Rejects with `unknown_device`. */
  async get(tx: Tx, id: string): Promise<Device> {
    const device = await this.find(tx, id);
    if (!device) throw new UnknownDeviceError();
    return device;
  }

  /** Locked as with `get`. */
  async find(tx: Tx, id: string): Promise<Device | undefined> {
    const row = await tx.manager.findOne(DeviceRow, { where: { id }, lock: locked });
    return row ? deviceOf(row) : undefined;
  }

  /** Who has the serial number or the key; one of them when these are two. */
  async findClaimed(
    tx: Tx,
    { serialNumber, keyThumbprint }: { readonly serialNumber: string; readonly keyThumbprint: string },
  ): Promise<Device | undefined> {
    const row = await tx.manager.findOne(DeviceRow, { where: [{ serialNumber }, { keyThumbprint }] });
    return row ? deviceOf(row) : undefined;
  }

  hasKey(tx: Tx, keyThumbprint: string): Promise<boolean> {
    return tx.manager.existsBy(DeviceRow, { keyThumbprint });
  }

  async withSessionOf(tx: Tx, { accountId, userId }: { accountId: string; userId: string }): Promise<Device[]> {
    const rows = await tx.manager.find(DeviceRow, {
      where: { accountId, sessionUserId: userId },
      order: { id: 'ASC' },
      lock: locked,
    });
    return rows.map(deviceOf);
  }

  /** Registrations from one network follow each other, so that a burst cannot pass the limit. */
  async lockNetwork(tx: Tx, network: string): Promise<void> {
    await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7455440))', [network]);
  }

  countUnbound(tx: Tx, network: string): Promise<number> {
    return tx.manager.countBy(DeviceRow, { registeredFrom: network, accountId: IsNull() });
  }

  async removeUnbound(tx: Tx, before: Date): Promise<void> {
    await tx.manager.delete(DeviceRow, { accountId: IsNull(), registeredAt: LessThan(before) });
  }

  /** False when another device has the serial number or the key; it is committed by then. */
  async add(tx: Tx, device: Device, registeredFrom: string): Promise<boolean> {
    const row = { ...rowOf(device), registeredFrom };
    const inserted = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DeviceRow)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    return (inserted.raw as unknown[]).length === 1;
  }

  async save(tx: Tx, device: Device): Promise<void> {
    const { affected } = await tx.manager.update(DeviceRow, { id: device.id, version: device.version }, rowOf(device));
    if (affected !== 1) throw new DeviceChangedError();
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
