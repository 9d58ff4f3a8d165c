import { Module } from '@nestjs/common';
import { AuthenticateDevice } from './application/authenticate-device.js';
import { BindDevice } from './application/bind-device.js';
import { DeviceProof } from './application/device-proof.js';
import { LogIn } from './application/log-in.js';
import { LogOut } from './application/log-out.js';
import { OnDeviceUnpaired } from './application/on-device-unpaired.js';
import { OnDeviceWentOnline } from './application/on-device-went-online.js';
import { OnUserDeactivated } from './application/on-user-deactivated.js';
import { RegisterDevice } from './application/register-device.js';
import { RenewSessionToken } from './application/renew-session-token.js';
import { SessionTokens } from './application/session-tokens.js';
import { SetUpDevice } from './application/set-up-device.js';
import { SweepUnboundDevices } from './application/sweep-unbound-devices.js';
import { DeviceSetupController } from './http/device-setup.controller.js';
import { KeysController } from './http/keys.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { DeviceRepository } from './infrastructure/device.repository.js';
import { KnownDevices } from './infrastructure/known-devices.js';

const doors = [DeviceSetupController, SessionsController, KeysController];
const reactions = [OnDeviceUnpaired, OnUserDeactivated, OnDeviceWentOnline];
const setUp = [RegisterDevice, SetUpDevice, BindDevice, SweepUnboundDevices];
const sessions = [LogIn, RenewSessionToken, LogOut];
const whoIsThis = [AuthenticateDevice, DeviceProof, SessionTokens];

/** Devices and their keys, first set-up and sessions; the answer to "which device is this". */
@Module({
  controllers: [...doors, ...reactions],
  providers: [...setUp, ...sessions, ...whoIsThis, DeviceRepository, KnownDevices],
  exports: [AuthenticateDevice, SessionTokens],
})
export class DeviceRegistryModule {}
