import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { NodeMail } from '#messaging/broker';
import { addressedFrame } from '#terminal-protocol';
import { Links } from './links.js';
import { DeviceGatewaySettings } from './ports.js';

/** What other contexts say to devices, from this node's mail to the links. */
@Injectable()
export class DeliverFrames implements OnApplicationBootstrap {
  private readonly logger = new Logger('device gateway');

  constructor(
    private readonly nodeMail: NodeMail,
    private readonly links: Links,
    private readonly settings: DeviceGatewaySettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.nodeMail.receive(this.settings.node, (message) => {
      this.execute(message);
    });
  }

  /** A frame for a link that is gone is dropped: the device says at its next connection what it still holds. */
  execute(message: unknown): void {
    const read = addressedFrame.safeParse(message);
    if (read.success) this.links.find(read.data.connectionId)?.deliver(read.data.frame);
    else this.logger.error(`a letter is no frame for a device: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  }
}
