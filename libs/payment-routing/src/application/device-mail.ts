import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { NodeMail, WakeUps } from '#messaging';
import type { AddressedFrame, PlatformFrame } from '#terminal-protocol';

/** Where a frame goes: the connection that a message came in on, or the newest one known. */
export interface Address {
  readonly node: string;
  readonly connectionId: string;
}

/** Says things after the commit only: what was rolled back is never said, and no go-ahead comes before its payment is stored. */
@Injectable()
export class DeviceMail {
  constructor(
    private readonly nodeMail: NodeMail,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
  ) {}

  /** The time by which deadlines that a device is told are counted. */
  now(): Date {
    return this.clock.now();
  }

  send(tx: Tx, { node, connectionId }: Address, frame: PlatformFrame): void {
    tx.afterCommit(() => {
      this.nodeMail.send(node, { connectionId, frame } satisfies AddressedFrame);
    });
  }

  /** Wakes those who wait for a change of the payment. */
  wake(tx: Tx, paymentId: string): void {
    tx.afterCommit(() => {
      this.wakeUps.signal(`payment:${paymentId}`);
    });
  }
}
