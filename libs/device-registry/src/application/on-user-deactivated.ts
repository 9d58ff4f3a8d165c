import { Controller } from '@nestjs/common';
import { type EventOf, UserDeactivated } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { DeactivatedUsers } from '../infrastructure/deactivated-users.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';

/** Who may not log in any more is logged out everywhere, also where the log-in is under way. */
@Controller()
export class OnUserDeactivated {
  constructor(
    private readonly deactivated: DeactivatedUsers,
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  @On(UserDeactivated, 'device-registry')
  async handle(event: EventOf<typeof UserDeactivated>, tx: Tx): Promise<void> {
    await this.deactivated.add(tx, event.data);
    for (const device of await this.devices.withSessionOf(tx, event.data)) {
      device.endSession('user_deactivated', this.clock.now());
      await this.devices.save(tx, device);
    }
  }
}
