import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { MessagingSettings } from '../messaging-settings.js';
import { BrokerLink } from './broker-link.js';
import { brokerUrl } from './broker-url.js';

/**
 * The two connections of this process to the broker. An alarm stops the one that publishes; the other one must
 * still acknowledge, for that is what makes room.
 */
@Injectable()
export class BrokerConnection implements OnModuleInit, OnApplicationShutdown {
  readonly publishing: BrokerLink;
  readonly consuming: BrokerLink;

  constructor(settings: MessagingSettings) {
    const url = brokerUrl(settings.brokerUrl);
    this.publishing = new BrokerLink('publishing', url);
    this.consuming = new BrokerLink('consuming', url);
  }

  get isConnected(): boolean {
    return this.publishing.isConnected && this.consuming.isConnected;
  }

  onModuleInit(): void {
    this.publishing.start();
    this.consuming.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.publishing.close(), this.consuming.close()]);
  }
}
