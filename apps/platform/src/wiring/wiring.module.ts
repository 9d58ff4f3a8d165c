import { Global, Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { DeviceRegistryModule, UserAuthentication } from '#device-registry';
import { CallerAuthentication, DeviceAuthentication } from '#http-door';
import { CallersFromAccounts, DevicesFromRegistry, UsersFromAccounts } from './who-is-this.js';

/** The ports of one context, answered by another: the one question that waits for its answer (ADR 6). */
@Global()
@Module({
  imports: [AccountsModule, DeviceRegistryModule],
  providers: [
    { provide: CallerAuthentication, useClass: CallersFromAccounts },
    { provide: UserAuthentication, useClass: UsersFromAccounts },
    { provide: DeviceAuthentication, useClass: DevicesFromRegistry },
  ],
  exports: [CallerAuthentication, UserAuthentication, DeviceAuthentication],
})
export class WiringModule {}
