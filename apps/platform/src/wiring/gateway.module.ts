import { type DynamicModule, Module } from '@nestjs/common';
import { DeviceGatewayModule, DeviceGatewaySettings } from '#device-gateway';
import { DeviceRegistryModule, SessionTokens } from '#device-registry';
import { createLocalJWKSet } from 'jose';
import type { PlatformConfig } from '../platform.config.js';
import { nodeId } from './settings.module.js';

/** Alone, the process is the whole platform and Ctrl-C should not keep anybody waiting; beside others, terminals finish first. */
const drainMs = { alone: 2_000, beside: 60_000 } as const;

/** The device gateway inside the platform: it asks this process for the keys that an own gateway fetches. */
@Module({})
export class EmbeddedGatewayModule {
  static of({ origins, allowedOrigins, brokerUrl }: PlatformConfig): DynamicModule {
    const settings = {
      provide: DeviceGatewaySettings,
      inject: [SessionTokens],
      useFactory: async (tokens: SessionTokens): Promise<DeviceGatewaySettings> => ({
        node: nodeId(),
        origins,
        allowedBrowserOrigins: [...origins, ...allowedOrigins],
        sessionKeys: createLocalJWKSet(await tokens.publicKeys()),
        drainMs: brokerUrl === null ? drainMs.alone : drainMs.beside,
      }),
    };
    return {
      module: EmbeddedGatewayModule,
      global: true,
      imports: [DeviceRegistryModule, DeviceGatewayModule],
      providers: [settings],
      exports: [DeviceGatewaySettings],
    };
  }
}
