import { Controller } from '@nestjs/common';
import { DeviceWentOnline, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { NodeMail, On } from '#messaging';
import type { AddressedFrame } from '#terminal-protocol';
import { DeviceRepository } from '../infrastructure/device.repository.js';

/** A device that connects with a session which is over learns it here: it may have logged out elsewhere while it was away. */
@Controller()
export class OnDeviceWentOnline {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly nodeMail: NodeMail,
  ) {}

  @On(DeviceWentOnline, 'device-registry')
  async handle(event: EventOf<typeof DeviceWentOnline>, tx: Tx): Promise<void> {
    const { deviceId, sessionId, node, connectionId } = event.data;
    const device = await this.devices.find(tx, deviceId);
    if (device?.state.session?.id === sessionId) return;
    tx.afterCommit(() => {
      const frame = { type: 'session.end', id: newId(), reason: 'session_ended' } as const;
      this.nodeMail.send(node, { connectionId, frame } satisfies AddressedFrame);
    });
  }
}
