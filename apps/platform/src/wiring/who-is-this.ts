import { Injectable } from '@nestjs/common';
import { CallerBySession, CallerByToken, VerifyPassword, VerifyPin } from '#accounts';
import { AuthenticateDevice, type SignedInUser, UnsettledPayments, UserAuthentication } from '#device-registry';
import {
  type Caller,
  CallerAuthentication,
  DeviceAuthentication,
  type DeviceRequest,
  type SignedInDevice,
} from '#http-door';
import { OpenPayments } from '#payment-routing';

/** Accounts answers whose token or cookie this is. */
@Injectable()
export class CallersFromAccounts extends CallerAuthentication {
  constructor(
    private readonly byApiToken: CallerByToken,
    private readonly byCookie: CallerBySession,
  ) {
    super();
  }

  override byToken(apiToken: string): Promise<Caller | undefined> {
    return this.byApiToken.execute(apiToken);
  }

  override bySession(cookie: string): Promise<Caller | undefined> {
    return this.byCookie.execute(cookie);
  }
}

/** Accounts answers who logs in to a device. */
@Injectable()
export class UsersFromAccounts extends UserAuthentication {
  constructor(
    private readonly verifyPin: VerifyPin,
    private readonly verifyPassword: VerifyPassword,
  ) {
    super();
  }

  override byPin(shown: Parameters<UserAuthentication['byPin']>[0]): Promise<SignedInUser> {
    return this.verifyPin.execute(shown);
  }

  override byPassword(shown: Parameters<UserAuthentication['byPassword']>[0]): Promise<SignedInUser> {
    return this.verifyPassword.execute(shown);
  }
}

/** The registry answers which device this is. */
@Injectable()
export class DevicesFromRegistry extends DeviceAuthentication {
  constructor(private readonly authenticate: AuthenticateDevice) {
    super();
  }

  override byKey(request: DeviceRequest): Promise<{ readonly deviceId: string }> {
    return this.authenticate.byKey(request);
  }

  override bySession(request: DeviceRequest): Promise<SignedInDevice> {
    return this.authenticate.bySession(request);
  }
}

/** Payment routing answers whether a device still owes a result. */
@Injectable()
export class PaymentsFromRouting extends UnsettledPayments {
  constructor(private readonly openPayments: OpenPayments) {
    super();
  }

  override exist(deviceId: string): Promise<boolean> {
    return this.openPayments.existOn(deviceId);
  }
}
