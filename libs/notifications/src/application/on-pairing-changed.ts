import { Controller } from '@nestjs/common';
import {
  DeviceCodeAssigned,
  DeviceListeningChanged,
  DeviceRenamed,
  DeviceUnpaired,
  DeviceWentOffline,
  DeviceWentOnline,
  type EventOf,
} from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { heardOf } from './heard-of.js';
import { LogEvent } from './log-event.js';
import { ofPairing } from './public-events.js';

/** What pairing says of a device; listening and names are read, not told, but they are numbered with the rest. */
@Controller()
export class OnPairingChanged {
  constructor(private readonly logEvent: LogEvent) {}

  @On(DeviceCodeAssigned, 'notifications')
  async codeAssigned(event: EventOf<typeof DeviceCodeAssigned>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceCodeAssigned, event, [ofPairing('device.registered', event.data)]));
  }

  @On(DeviceListeningChanged, 'notifications')
  async listeningChanged(event: EventOf<typeof DeviceListeningChanged>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceListeningChanged, event, []));
  }

  @On(DeviceWentOnline, 'notifications')
  async wentOnline(event: EventOf<typeof DeviceWentOnline>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceWentOnline, event, [ofPairing('device.online', event.data)]));
  }

  @On(DeviceWentOffline, 'notifications')
  async wentOffline(event: EventOf<typeof DeviceWentOffline>, tx: Tx): Promise<void> {
    await this.logEvent.execute(
      tx,
      heardOf(DeviceWentOffline, event, [ofPairing('device.offline', event.data, { since: event.data.since })]),
    );
  }

  @On(DeviceRenamed, 'notifications')
  async renamed(event: EventOf<typeof DeviceRenamed>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceRenamed, event, []));
  }

  @On(DeviceUnpaired, 'notifications')
  async unpaired(event: EventOf<typeof DeviceUnpaired>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(DeviceUnpaired, event, [ofPairing('device.unpaired', event.data)]));
  }
}
