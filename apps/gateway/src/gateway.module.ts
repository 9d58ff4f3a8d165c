import { randomUUID } from 'node:crypto';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { createRemoteJWKSet } from 'jose';
import { DeviceGatewayModule, DeviceGatewaySettings } from '#device-gateway';
import { Clock, SystemClock } from '#kernel';
import { BrokerModule, MessagingSettings } from '#messaging/broker';
import type { GatewayConfig } from './gateway.config.js';
import { HealthController } from './health.controller.js';

/** Fetched once, and again when a token names a key that is not among them; a platform that is away stops no device. */
const keyCache = { cacheMaxAge: Infinity, timeoutDuration: 3_000 } as const;

/** The gateway alone: sockets here, everything else behind the broker, no database. */
@Module({})
export class GatewayModule {
  static of(config: GatewayConfig): DynamicModule {
    const { brokerUrl, brokerPrefix, origins, allowedBrowserOrigins, drainMs, keysUrl } = config;
    const sessionKeys = createRemoteJWKSet(keysUrl, keyCache);
    const gateway: DeviceGatewaySettings = {
      node: randomUUID(),
      origins,
      allowedBrowserOrigins,
      sessionKeys,
      drainMs,
    };
    const providers: Provider[] = [
      { provide: Clock, useClass: SystemClock },
      { provide: MessagingSettings, useValue: { brokerUrl, prefix: brokerPrefix } },
      { provide: DeviceGatewaySettings, useValue: gateway },
    ];
    return {
      module: GatewayModule,
      global: true,
      imports: [BrokerModule, DeviceGatewayModule],
      controllers: [HealthController],
      providers,
      exports: [Clock, MessagingSettings, DeviceGatewaySettings],
    };
  }
}
