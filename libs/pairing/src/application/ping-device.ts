import { Injectable } from '@nestjs/common';
import { newId } from '#kernel';
import { NodeMail } from '#messaging';
import type { AddressedFrame } from '#terminal-protocol';
import { DeviceNotFoundError, DeviceNotListeningError } from '../domain/pairing.errors.js';
import { LiveConnections } from '../infrastructure/live-connections.js';

/** As much as the frame takes. */
const longestMessage = 80;

/** Shows a message on that one terminal: so the point of sale proves that it has the right code. Continue is not needed. */
@Injectable()
export class PingDevice {
  constructor(
    private readonly connections: LiveConnections,
    private readonly nodeMail: NodeMail,
  ) {}

  /** `from`: the name of who pings, for the screen. Rejects with `device_not_found` and `device_not_listening`. */
  async execute(device: { readonly accountId: string; readonly code: string }, from: string): Promise<void> {
    const found = await this.connections.ofCode(device.accountId, device.code);
    if (!found) throw new DeviceNotFoundError();
    if (found.node === null || found.connectionId === null) throw new DeviceNotListeningError();
    const message = `Ping from ${from}`.slice(0, longestMessage);
    const frame = { type: 'ping', id: newId(), pingId: newId(), message } as const;
    this.nodeMail.send(found.node, { connectionId: found.connectionId, frame } satisfies AddressedFrame);
  }
}
