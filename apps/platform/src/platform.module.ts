import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { DatabaseModule } from '#database';
import { DeviceRegistryModule } from '#device-registry';
import { MessagingModule } from '#messaging';
import { NotificationsModule } from '#notifications';
import { PairingModule } from '#pairing';
import { PaymentRoutingModule } from '#payment-routing';
import { HttpModule } from './http/http.module.js';
import { SettingsModule, type Surroundings } from './wiring/settings.module.js';
import { EmbeddedGatewayModule } from './wiring/gateway.module.js';
import { WiringModule } from './wiring/wiring.module.js';

/** The monolith: its plumbing, its contexts, and the adapters between them. */
@Module({})
export class PlatformModule {
  static in(surroundings: Surroundings): DynamicModule {
    const { config } = surroundings;
    const plumbing = [
      SettingsModule.of(surroundings),
      DatabaseModule,
      MessagingModule.over(config.brokerUrl === null ? 'in-process' : 'rabbitmq'),
    ];
    const contexts = [AccountsModule, DeviceRegistryModule, PairingModule, PaymentRoutingModule, NotificationsModule];
    const gateway = config.gatewayEmbedded ? [EmbeddedGatewayModule.of(config)] : [];
    return { module: PlatformModule, imports: [...plumbing, ...contexts, ...gateway, WiringModule, HttpModule] };
  }
}
