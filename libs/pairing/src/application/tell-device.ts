import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { NodeMail } from '#messaging';
import type { AddressedFrame, FrameOf } from '#terminal-protocol';
import type { OpenSession, PairedDevice } from '../domain/paired-device.js';
import type { Connection } from '../domain/presence.js';
import { type AccountName, AccountNames } from '../infrastructure/account-names.js';

/** What pairing has to say to devices, after the commit: nothing that was rolled back is ever said. */
@Injectable()
export class TellDevice {
  constructor(
    private readonly accounts: AccountNames,
    private readonly nodeMail: NodeMail,
  ) {}

  /** Says how it stands to each of these that has a live connection of its open session, and to no other. */
  async settings(tx: Tx, devices: readonly PairedDevice[]): Promise<void> {
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

  private send(tx: Tx, { node, connectionId }: Connection, frame: FrameOf<'settings'> | FrameOf<'session.end'>): void {
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
  const { code, continued } = device.state;
  const { listening } = device.listening;
  return { type: 'settings', id: newId(), mode, code, continued, listening, accountName: name, locale, tipping: null };
}
