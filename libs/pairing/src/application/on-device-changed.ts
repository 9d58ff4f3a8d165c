import { Controller } from '@nestjs/common';
import {
  DeviceLocked,
  DeviceLoggedIn,
  DeviceRetired,
  DeviceSessionEnded,
  DeviceSetUp,
  DeviceUnlocked,
  type EventOf,
} from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { FollowRegistry } from './follow-registry.js';

/** The registry tells the whole state of a device each time, so one reaction serves them all. */
@Controller()
export class OnDeviceChanged {
  constructor(private readonly followRegistry: FollowRegistry) {}

  @On(DeviceSetUp, 'pairing')
  async setUp(event: EventOf<typeof DeviceSetUp>, tx: Tx): Promise<void> {
    await this.followRegistry.execute(tx, event);
  }

  /** In API mode this is where a device gets its code. */
  @On(DeviceLoggedIn, 'pairing')
  async loggedIn(event: EventOf<typeof DeviceLoggedIn>, tx: Tx): Promise<void> {
    await this.followRegistry.execute(tx, event);
  }

  @On(DeviceSessionEnded, 'pairing')
  async sessionEnded(event: EventOf<typeof DeviceSessionEnded>, tx: Tx): Promise<void> {
    const { ended, reason } = event.data;
    await this.followRegistry.execute(tx, event, { sessionNumber: ended.number, reason });
  }

  @On(DeviceLocked, 'pairing')
  async locked(event: EventOf<typeof DeviceLocked>, tx: Tx): Promise<void> {
    await this.followRegistry.execute(tx, event);
  }

  @On(DeviceUnlocked, 'pairing')
  async unlocked(event: EventOf<typeof DeviceUnlocked>, tx: Tx): Promise<void> {
    await this.followRegistry.execute(tx, event);
  }

  @On(DeviceRetired, 'pairing')
  async retired(event: EventOf<typeof DeviceRetired>, tx: Tx): Promise<void> {
    await this.followRegistry.execute(tx, event);
  }
}
