import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { NodeMail } from '#messaging';
import type { AddressedFrame, FrameOf } from '#terminal-protocol';
import type { PairedDevice } from '../domain/paired-device.js';
import type { OpenSession } from '../domain/paired-device-state.js';
import type { Connection } from '../domain/presence.js';
import { type AccountName, AccountNames } from '../infrastructure/account-names.js';

/** What pairing has to say to devices, after the commit: nothing that was rolled back is ever said. */
@Injectable()
export class TellDevice {
  constructor(
    private readonly accounts: AccountNames,
    private readonly nodeMail: NodeMail,
  ) {}

  /** Says how it stands to each of these that is connected: what it may not, that its session is over, or its settings. */
  async standing(tx: Tx, devices: readonly PairedDevice[]): Promise<void> {
    for (const device of devices) this.standingInTheWay(tx, device);
    const reachable = devices.flatMap((device) => (device.openLine ? [{ device, ...device.openLine }] : []));
    if (reachable.length === 0) return;
    const accountIds = reachable.map(({ device }) => device.state.accountId);
    const names = await this.accounts.of(tx, accountIds);
    for (const { device, connection, session } of reachable) {
      this.send(tx, connection, settingsOf(device, session, names.get(device.state.accountId)));
    }
  }

  sessionEnd(tx: Tx, connection: Connection, reason: string): void {
    this.send(tx, connection, { type: 'session.end', id: newId(), reason });
  }

  /** A lock that waits for a payment is taken back. */
  unlock(tx: Tx, connection: Connection): void {
    this.send(tx, connection, { type: 'unlock', id: newId(), reason: 'unlocked' });
  }

  /** The device has a newer connection. A gateway that has both has closed the older one by itself. */
  superseded(tx: Tx, connection: Connection): void {
    const message = 'a newer connection of this device is open';
    this.send(tx, connection, { type: 'error', id: newId(), code: 'superseded', message, of: null });
  }

  private standingInTheWay(tx: Tx, { forbidden, liveConnection, connectionIsOver }: PairedDevice): void {
    if (!liveConnection) return;
    if (forbidden) this.send(tx, liveConnection, { type: 'lock', id: newId(), reason: forbidden });
    else if (connectionIsOver) this.sessionEnd(tx, liveConnection, 'unpaired');
  }

  private send(
    tx: Tx,
    { node, connectionId }: Connection,
    frame: FrameOf<'settings' | 'session.end' | 'lock' | 'unlock' | 'error'>,
  ): void {
    tx.afterCommit(() => {
      this.nodeMail.send(node, { connectionId, frame } satisfies AddressedFrame);
    });
  }
}

/** An account that this context has not heard of yet has no name here. */
const nameless: AccountName = { name: '', locale: 'en-CA' };

function settingsOf(
  device: PairedDevice,
  { mode }: OpenSession,
  { name, locale }: AccountName = nameless,
): FrameOf<'settings'> {
  const { code, continued, name: deviceName } = device.state;
  const { listening } = device.listening;
  const names = { accountName: name, ...(deviceName === null ? {} : { deviceName }), locale };
  return { type: 'settings', id: newId(), mode, code, continued, listening, ...names, tipping: null };
}
