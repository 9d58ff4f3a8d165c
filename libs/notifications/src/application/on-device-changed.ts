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
import { heardOf } from './heard-of.js';
import { LogEvent } from './log-event.js';
import { ofDevice } from './public-events.js';

/** What the registry says of a device; log-ins are nobody's business outside, but they are numbered with the rest. */
@Controller()
export class OnDeviceChanged {
  constructor(private readonly logEvent: LogEvent) {}

  @On(DeviceSetUp, 'notifications')
  async setUp(event: EventOf<typeof DeviceSetUp>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceSetUp, event, []));
  }

  @On(DeviceLoggedIn, 'notifications')
  async loggedIn(event: EventOf<typeof DeviceLoggedIn>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceLoggedIn, event, []));
  }

  @On(DeviceSessionEnded, 'notifications')
  async sessionEnded(event: EventOf<typeof DeviceSessionEnded>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceSessionEnded, event, []));
  }

  @On(DeviceLocked, 'notifications')
  async locked(event: EventOf<typeof DeviceLocked>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceLocked, event, [ofDevice('device.locked', event.data)]));
  }

  @On(DeviceUnlocked, 'notifications')
  async unlocked(event: EventOf<typeof DeviceUnlocked>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceUnlocked, event, [ofDevice('device.unlocked', event.data)]));
  }

  @On(DeviceRetired, 'notifications')
  async retired(event: EventOf<typeof DeviceRetired>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceRetired, event, [ofDevice('device.retired', event.data)]));
  }
}
