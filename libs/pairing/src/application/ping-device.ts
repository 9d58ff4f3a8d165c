import { Injectable } from '@nestjs/common';
import { newId } from '#kernel';
import { NodeMail } from '#messaging';
import type { AddressedFrame } from '#terminal-protocol';
import { DeviceNotFoundError, DeviceNotListeningError } from '../domain/pairing.errors.js';
import { LiveConnections } from '../infrastructure/live-connections.js';

/** Shows a message on that one terminal: so the point of sale proves that it has the right code. Continue is not needed. */
@Injectable()
export class PingDevice {
  constructor(
    private readonly connections: LiveConnections,
    private readonly nodeMail: NodeMail,
  ) {}

  /** Rejects with `device_not_found` and `device_not_listening`. */
  async execute(accountId: string, code: string): Promise<void> {
    const found = await this.connections.ofCode(accountId, code);
    if (!found) throw new DeviceNotFoundError();
    if (found.node === null || found.connectionId === null) throw new DeviceNotListeningError();
    const frame = { type: 'ping', id: newId(), pingId: newId(), message: 'Ping from your point of sale' } as const;
    this.nodeMail.send(found.node, { connectionId: found.connectionId, frame } satisfies AddressedFrame);
  }
}
