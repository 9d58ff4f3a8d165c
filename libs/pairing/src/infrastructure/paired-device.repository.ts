import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { In } from 'typeorm';
import { publishedEvents } from '../application/published-events.js';
import { PairedDevice } from '../domain/paired-device.js';
import type { OpenSession } from '../domain/paired-device-state.js';
import type { Connection, Presence } from '../domain/presence.js';
import { comparableCode } from '../queries/comparable-code.js';
import { PairedDeviceRow } from './paired-device.row.js';

@Injectable()
export class PairedDeviceRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Locked until the transaction ends. A device that is not known yet begins here, whichever event comes first. */
  async getOrStart(tx: Tx, id: string, accountId: string): Promise<PairedDevice> {
    const found = await this.find(tx, id);
    if (found) return found;
    await tx.manager.query(
      `INSERT INTO pairing.device (id, version, sequence, account_id, registry_sequence, serial_number, model, app_version,
                                   continued, locked, retired, connected, listening)
       VALUES ($1, 1, 0, $2, 0, '', '', '', false, false, false, false, false) ON CONFLICT DO NOTHING`,
      [id, accountId],
    );
    const started = await this.find(tx, id);
    if (!started) throw new Error('a device that was just started is not there');
    return started;
  }

  /** Locked until the transaction ends. */
  async findByCode(tx: Tx, accountId: string, code: string): Promise<PairedDevice | undefined> {
    const comparable = comparableCode(code);
    if (comparable === null) return undefined;
    const where = { accountId, code: comparable };
    const row = await tx.manager.findOne(PairedDeviceRow, { where, lock: { mode: 'pessimistic_write' } });
    return row ? deviceOf(row) : undefined;
  }

  async save(tx: Tx, device: PairedDevice): Promise<void> {
    const { affected } = await tx.manager.update(
      PairedDeviceRow,
      { id: device.id, version: device.version },
      rowOf(device),
    );
    if (affected !== 1) throw new Error('the device was changed at the same time');
    await this.outbox.append(tx, publishedEvents(device.id, device.recorded));
  }

  /** Those of the connections that are newer than what is stored. */
  async newerConnections<Held extends Connection & { readonly deviceId: string }>(
    tx: Tx,
    connections: readonly Held[],
  ): Promise<Held[]> {
    const rows: { id: string }[] = await tx.manager.query(
      `SELECT held.id FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS held (id, session, sequence)
         LEFT JOIN pairing.device ON device.id = held.id
        WHERE device.connect_sequence IS NULL
           OR (held.session, held.sequence) > (device.connection_session_number, device.connect_sequence)`,
      [
        connections.map((one) => one.deviceId),
        connections.map((one) => one.sessionNumber),
        connections.map((one) => one.connectSequence),
      ],
    );
    const news = new Set(rows.map((row) => row.id));
    return connections.filter((one) => news.has(one.deviceId));
  }

  /** The devices that are on one of these connections, not locked: to be told something, not to be changed. */
  async onConnections(tx: Tx, connections: readonly Pick<Connection, 'connectionId'>[]): Promise<PairedDevice[]> {
    const connectionId = In(connections.map((one) => one.connectionId));
    const rows = await tx.manager.find(PairedDeviceRow, { where: { connectionId, connected: true } });
    return rows.map(deviceOf);
  }

  private async find(tx: Tx, id: string): Promise<PairedDevice | undefined> {
    const row = await tx.manager.findOne(PairedDeviceRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row ? deviceOf(row) : undefined;
  }
}

function rowOf({ version, sequence, listening, state: { session, presence, ...state } }: PairedDevice) {
  return {
    version: version + 1,
    sequence,
    ...state,
    sessionId: session?.id ?? null,
    sessionNumber: session?.number ?? null,
    sessionMode: session?.mode ?? null,
    node: presence?.node ?? null,
    connectionId: presence?.connectionId ?? null,
    connectionSessionId: presence?.sessionId ?? null,
    connectionSessionNumber: presence?.sessionNumber ?? null,
    connectSequence: presence?.connectSequence ?? null,
    connected: presence?.connected ?? false,
    connectionSince: presence?.since ?? null,
    listening: listening.listening,
  };
}

function deviceOf(row: PairedDeviceRow): PairedDevice {
  const { accountId, registrySequence, serialNumber, model, appVersion, code, pairedAt, continued } = row;
  const { locked, retired, version, sequence, name, location, lastSessionNumber, unpairedSessionNumber } = row;
  const registered = { accountId, registrySequence, serialNumber, model, appVersion, locked, retired };
  const sessions = { session: sessionOf(row), lastSessionNumber, unpairedSessionNumber };
  const pairing = { code, pairedAt, continued, name, location };
  const state = { ...registered, ...sessions, ...pairing, presence: presenceOf(row) };
  return PairedDevice.restore(row.id, state, version, sequence);
}

function sessionOf({ sessionId, sessionNumber, sessionMode }: PairedDeviceRow): OpenSession | null {
  if (sessionId === null || sessionNumber === null || sessionMode === null) return null;
  return { id: sessionId, number: sessionNumber, mode: sessionMode };
}

function presenceOf(row: PairedDeviceRow): Presence | null {
  const { node, connectionId, connectionSessionId: sessionId, connectionSessionNumber: sessionNumber } = row;
  const { connectSequence, connected, connectionSince: since } = row;
  if (node === null || connectionId === null || sessionId === null || sessionNumber === null) return null;
  if (connectSequence === null || since === null) return null;
  return { node, connectionId, sessionId, sessionNumber, connectSequence, connected, since };
}
