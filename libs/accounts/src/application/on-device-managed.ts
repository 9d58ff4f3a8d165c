import { Controller } from '@nestjs/common';
import {
  DeviceLocked,
  DeviceRenamed,
  DeviceRetired,
  DeviceUnlocked,
  DeviceUnpaired,
  type DataOf,
  type EventOf,
} from '#contracts';
import type { Tx } from '#database';
import type { Facts } from '#kernel';
import { On } from '#messaging';
import type { auditedActions } from '../domain/audit-entry.js';
import { AuditLog } from '../infrastructure/audit-log.js';

type Managed = EventOf<typeof DeviceLocked> | EventOf<typeof DeviceRenamed> | EventOf<typeof DeviceUnpaired>;

/** What people do to devices is decided elsewhere; who did it is kept here, with all other changes of the account. */
@Controller()
export class OnDeviceManaged {
  constructor(private readonly auditLog: AuditLog) {}

  @On(DeviceLocked, 'accounts')
  async locked(event: EventOf<typeof DeviceLocked>, tx: Tx): Promise<void> {
    await this.note(tx, 'device.locked', event, event.data.by, ofDevice(event));
  }

  @On(DeviceUnlocked, 'accounts')
  async unlocked(event: EventOf<typeof DeviceUnlocked>, tx: Tx): Promise<void> {
    await this.note(tx, 'device.unlocked', event, event.data.by, ofDevice(event));
  }

  @On(DeviceRetired, 'accounts')
  async retired(event: EventOf<typeof DeviceRetired>, tx: Tx): Promise<void> {
    await this.note(tx, 'device.retired', event, event.data.by, ofDevice(event));
  }

  @On(DeviceRenamed, 'accounts')
  async renamed(event: EventOf<typeof DeviceRenamed>, tx: Tx): Promise<void> {
    const { displayName, location, code } = event.data;
    await this.note(tx, 'device.renamed', event, event.data.by, {
      code,
      name: displayName ?? '',
      location: location ?? '',
    });
  }

  /** By nobody: the device left the account or was retired, and that has an entry of its own. */
  @On(DeviceUnpaired, 'accounts')
  async unpaired(event: EventOf<typeof DeviceUnpaired>, tx: Tx): Promise<void> {
    const { by, code } = event.data;
    if (by) await this.note(tx, 'device.unpaired', event, by, { code });
  }

  private async note(
    tx: Tx,
    action: (typeof auditedActions)[number],
    { data: { accountId, deviceId }, occurredAt }: Managed,
    { kind, id, name }: DataOf<typeof DeviceLocked>['by'],
    facts: Facts,
  ): Promise<void> {
    const by = { kind, id, name, role: null };
    await this.auditLog.append(tx, { accountId, at: new Date(occurredAt), by, action, subjectId: deviceId, facts });
  }
}

const ofDevice = ({ data: { serialNumber } }: EventOf<typeof DeviceLocked>): Facts => ({ serialNumber });
