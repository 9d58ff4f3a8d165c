import { createHmac, randomUUID } from 'node:crypto';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { AccountsSettings, accountsSchema } from '#accounts';
import { DatabaseSettings } from '#database';
import { DeviceRegistrySettings, deviceRegistrySchema } from '#device-registry';
import { Clock, SystemClock } from '#kernel';
import { MessagingSettings, messagingSchema } from '#messaging';
import { NotificationsSettings, notificationsSchema } from '#notifications';
import { pairingSchema } from '#pairing';
import { paymentRoutingSchema } from '#payment-routing';
import { HttpSettings } from '../http/http-settings.js';
import type { PlatformConfig } from '../platform.config.js';
import { RateLimitSettings } from '../rate-limits/rate-limits.js';
import { rateLimitsSchema } from '../rate-limits/shared-counts.js';
import type { Secrets } from '../secrets.js';

/** All that a process needs to run, found out before Nest starts. */
export interface Surroundings {
  readonly config: PlatformConfig;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
}

export const nodeId = (): string => randomUUID().slice(0, 13);

const contexts = [
  messagingSchema,
  accountsSchema,
  deviceRegistrySchema,
  pairingSchema,
  paymentRoutingSchema,
  notificationsSchema,
  rateLimitsSchema,
];
/** Connections; PostgreSQL allows 100 by default, and several processes share them. */
const poolSize = 20;
const minimumAppVersion = '1.0.0';

/** What the app tells each library and context. */
@Module({})
export class SettingsModule {
  static of({ config, secrets, databaseUrl }: Surroundings): DynamicModule {
    const { origins, gatewayUrl, brokerUrl, brokerPrefix, publicUrl } = config;
    const { sessionKey, pinKey, encryptionKey } = secrets;
    const setUpCodeKey = createHmac('sha256', pinKey).update('set-up codes').digest();
    const secureCookies = publicUrl.startsWith('https:');
    const settings: Provider[] = [
      { provide: Clock, useClass: SystemClock },
      { provide: DatabaseSettings, useValue: { url: databaseUrl, contexts, poolSize } },
      { provide: MessagingSettings, useValue: { brokerUrl, prefix: brokerPrefix } },
      { provide: RateLimitSettings, useValue: config.rateLimits },
      { provide: HttpSettings, useValue: { origins } },
      { provide: AccountsSettings, useValue: { pinKey, secureCookies } },
      { provide: NotificationsSettings, useValue: { encryptionKey, allowedHosts: config.webhookHosts } },
      {
        provide: DeviceRegistrySettings,
        useValue: { sessionKey, setUpCodeKey, origins, gatewayUrl, minimumAppVersion },
      },
    ];
    return { module: SettingsModule, global: true, providers: settings, exports: settings.map(tokenOf) };
  }
}

const tokenOf = (provider: Provider) => ('provide' in provider ? provider.provide : provider);
