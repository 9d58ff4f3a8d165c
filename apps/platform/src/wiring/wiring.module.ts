import { Global, Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { DeviceRegistryModule, UnsettledPayments, UserAuthentication } from '#device-registry';
import { CallerAuthentication, DeviceAuthentication } from '#http-door';
import { PaymentRoutingModule } from '#payment-routing';
import { CallersFromAccounts, DevicesFromRegistry, PaymentsFromRouting, UsersFromAccounts } from './who-is-this.js';

/** The ports of one context, answered by another: the questions that wait for their answer (ADR 6). */
@Global()
@Module({
  imports: [AccountsModule, DeviceRegistryModule, PaymentRoutingModule],
  providers: [
    { provide: CallerAuthentication, useClass: CallersFromAccounts },
    { provide: UserAuthentication, useClass: UsersFromAccounts },
    { provide: DeviceAuthentication, useClass: DevicesFromRegistry },
    { provide: UnsettledPayments, useClass: PaymentsFromRouting },
  ],
  exports: [CallerAuthentication, UserAuthentication, DeviceAuthentication, UnsettledPayments],
})
export class WiringModule {}
