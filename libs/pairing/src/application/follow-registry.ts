import { Injectable } from '@nestjs/common';
import type { DataOf, DeviceSetUp } from '#contracts';
import type { Tx } from '#database';
import { DeviceCodes } from '../infrastructure/device-codes.js';
import { ChangeDevice } from './change-device.js';
import { TellDevice } from './tell-device.js';

/** Takes over what the registry says of a device, and ends the connection of a session that is over. */
@Injectable()
export class FollowRegistry {
  constructor(
    private readonly changeDevice: ChangeDevice,
    private readonly codes: DeviceCodes,
    private readonly tell: TellDevice,
  ) {}

  async execute(
    tx: Tx,
    said: DataOf<typeof DeviceSetUp>,
    sequence: number | null,
    ended?: { readonly number: number; readonly reason: string },
  ): Promise<void> {
    const device = await this.changeDevice.execute(tx, said, async (paired, at) => {
      const { accountId } = paired.state;
      const { freedCode } = paired.follow(said, sequence ?? 0, at);
      if (freedCode !== null) await this.codes.release(tx, { accountId, code: freedCode, at });
    });
    const connection = device.liveConnection;
    if (ended && connection?.sessionNumber === ended.number) this.tell.sessionEnd(tx, connection, ended.reason);
  }
}
