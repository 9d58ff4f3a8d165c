import { Injectable } from '@nestjs/common';
import { type DeviceSetUp, DeviceUnlocked, type EventOf } from '#contracts';
import type { Tx } from '#database';
import type { RegisteredDevice } from '../domain/paired-device-state.js';
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
    { name, data, sequence, occurredAt }: EventOf<typeof DeviceSetUp>,
    ended?: { readonly sessionNumber: number; readonly reason: string },
  ): Promise<void> {
    if (sequence === null) throw new Error('an event of the registry without its number');
    const fact = { deviceId: data.deviceId, accountId: data.accountId, at: new Date(occurredAt) };
    const device = await this.changeDevice.execute(tx, fact, async (paired) => {
      const { accountId } = paired.state;
      const { freedCode } = paired.follow(registered(data), sequence, fact.at);
      if (freedCode !== null) await this.codes.release(tx, { accountId, code: freedCode, at: fact.at });
    });
    const { liveConnection, forbidden } = device;
    if (!liveConnection || forbidden) return;
    if (name === DeviceUnlocked.name) this.tell.unlock(tx, liveConnection);
    if (liveConnection.sessionNumber === ended?.sessionNumber) this.tell.sessionEnd(tx, liveConnection, ended.reason);
  }
}

function registered({ session, ...device }: EventOf<typeof DeviceSetUp>['data']): RegisteredDevice {
  const { accountId, serialNumber, model, appVersion, locked, retired } = device;
  const open = session && { id: session.id, number: session.number, mode: session.mode };
  return { accountId, serialNumber, model, appVersion, session: open, locked, retired };
}
