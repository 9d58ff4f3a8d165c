import { Injectable } from '@nestjs/common';
import { displayText, InvalidFieldError, newId, withoutCardNumber } from '#kernel';
import { NodeMail } from '#messaging';
import type { AddressedFrame, FrameOf } from '#terminal-protocol';
import { DeviceNotFoundError, DeviceNotListeningError } from '../domain/pairing.errors.js';
import { LiveConnections } from '../infrastructure/live-connections.js';

/** As much as the frames take. */
const longest = { ping: 80, text: 200 } as const;

interface Which {
  readonly accountId: string;
  readonly code: string;
}

/** Shows something on that one terminal, now or not at all. Continue is not needed. Both reject with `device_not_found` and `device_not_listening`. */
@Injectable()
export class ShowOnDevice {
  constructor(
    private readonly connections: LiveConnections,
    private readonly nodeMail: NodeMail,
  ) {}

  /** So the point of sale proves that it has the right code. `from`: the name of who pings. */
  async ping(device: Which, from: string): Promise<void> {
    const message = `Ping from ${from}`.slice(0, longest.ping);
    await this.show(device, { type: 'ping', id: newId(), pingId: newId(), message });
  }

  /** A text on the idle screen; a payment hides it. Rejects with `invalid_field` and `card_data_not_allowed` too. */
  async display(device: Which, { text, seconds }: { readonly text: string; readonly seconds: number }): Promise<void> {
    const shown = withoutCardNumber(displayText(text, 'text', longest.text), 'text');
    if (shown.trim() === '') throw new InvalidFieldError('text', 'must not be empty');
    await this.show(device, { type: 'display', id: newId(), text: shown, seconds });
  }

  private async show({ accountId, code }: Which, frame: FrameOf<'ping' | 'display'>): Promise<void> {
    const found = await this.connections.ofCode(accountId, code);
    if (!found) throw new DeviceNotFoundError();
    if (found.node === null || found.connectionId === null) throw new DeviceNotListeningError();
    this.nodeMail.send(found.node, { connectionId: found.connectionId, frame } satisfies AddressedFrame);
  }
}
