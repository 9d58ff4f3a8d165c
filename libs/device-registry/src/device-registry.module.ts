import { Module } from '@nestjs/common';
import { AuthenticateDevice } from './application/authenticate-device.js';
import { BindDevice } from './application/bind-device.js';
import { CreateSetUpCode } from './application/create-set-up-code.js';
import { DeviceProof } from './application/device-proof.js';
import { LogIn } from './application/log-in.js';
import { LogOut } from './application/log-out.js';
import { ManageDevice } from './application/manage-device.js';
import { OnDeviceCodeChanged } from './application/on-device-code-changed.js';
import { OnDeviceWentOnline } from './application/on-device-went-online.js';
import { OnUserDeactivated } from './application/on-user-deactivated.js';
import { RedeemSetUpCode } from './application/redeem-set-up-code.js';
import { RegisterDevice } from './application/register-device.js';
import { RenewSessionToken } from './application/renew-session-token.js';
import { SessionTokens } from './application/session-tokens.js';
import { SetUpDevice } from './application/set-up-device.js';
import { SweepForgotten } from './application/sweep-forgotten.js';
import { DeviceManagementController } from './http/device-management.controller.js';
import { DeviceSessionController } from './http/device-session.controller.js';
import { DeviceSetupController } from './http/device-setup.controller.js';
import { KeysController } from './http/keys.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { DeactivatedUsers } from './infrastructure/deactivated-users.js';
import { DeviceCodes } from './infrastructure/device-codes.js';
import { DeviceRepository } from './infrastructure/device.repository.js';
import { KnownDevices } from './infrastructure/known-devices.js';
import { SetUpCodes } from './infrastructure/set-up-codes.js';
import { DeviceSessions } from './queries/device-sessions.js';

const doors = [
  DeviceSetupController,
  SessionsController,
  KeysController,
  DeviceManagementController,
  DeviceSessionController,
];
const reactions = [OnDeviceCodeChanged, OnUserDeactivated, OnDeviceWentOnline];
const setUp = [RegisterDevice, SetUpDevice, BindDevice, CreateSetUpCode, RedeemSetUpCode, SweepForgotten];
const sessions = [LogIn, RenewSessionToken, LogOut, DeviceSessions];
const storage = [DeviceRepository, KnownDevices, DeviceCodes, SetUpCodes, DeactivatedUsers];
const whoIsThis = [AuthenticateDevice, DeviceProof, SessionTokens];

/** Devices and their keys, first set-up and sessions; the answer to "which device is this". */
@Module({
  controllers: [...doors, ...reactions],
  providers: [...setUp, ManageDevice, ...sessions, ...whoIsThis, ...storage],
  exports: [AuthenticateDevice, SessionTokens],
})
export class DeviceRegistryModule {}
