import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { NodeMail, WakeUps } from '#messaging';
import type { AddressedFrame, FrameOf } from '#terminal-protocol';
import type { PairedDevice } from '../domain/paired-device.js';
import type { Connection } from '../domain/presence.js';
import { AccountNames } from '../infrastructure/account-names.js';

/** What pairing has to say to a device, after the commit: nothing that was rolled back is ever said. */
@Injectable()
export class TellDevice {
  constructor(
    private readonly accounts: AccountNames,
    private readonly nodeMail: NodeMail,
    private readonly wakeUps: WakeUps,
  ) {}

  /** The code is told again with every change, so that the device never shows an old one. */
  async settings(tx: Tx, device: PairedDevice): Promise<void> {
    tx.afterCommit(() => {
      this.wakeUps.signal(`registration:${device.id}`);
    });
    const connection = device.liveConnection;
    const { session, code, continued, accountId } = device.state;
    if (!connection || session?.number !== connection.sessionNumber) return;
    const { name, locale } = await this.accounts.of(tx, accountId);
    const { listening } = device.listening;
    const account = { accountName: name, locale, tipping: null };
    const frame = {
      type: 'settings',
      id: newId(),
      mode: session.mode,
      code,
      continued,
      listening,
      ...account,
    } as const;
    this.send(tx, connection, frame);
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
