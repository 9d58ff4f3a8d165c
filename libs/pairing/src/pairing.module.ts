import { Module } from '@nestjs/common';
import { AssignCode } from './application/assign-code.js';
import { AwaitRegistration } from './application/await-registration.js';
import { ChangeDevice } from './application/change-device.js';
import { FollowRegistry } from './application/follow-registry.js';
import { ForgetNodes } from './application/forget-nodes.js';
import { OnAccountOpened } from './application/on-account-opened.js';
import { OnDeviceChanged } from './application/on-device-changed.js';
import { OnDeviceConnected } from './application/on-device-connected.js';
import { OnDeviceContinued } from './application/on-device-continued.js';
import { OnDeviceDisconnected } from './application/on-device-disconnected.js';
import { OnDeviceStatusReported } from './application/on-device-status-reported.js';
import { OnDevicesHeld } from './application/on-devices-held.js';
import { OnGatewayAlive } from './application/on-gateway-alive.js';
import { OnPingShown } from './application/on-ping-shown.js';
import { ManagePairing } from './application/manage-pairing.js';
import { NewCodes } from './application/ports.js';
import { ShowOnDevice } from './application/show-on-device.js';
import { TellDevice } from './application/tell-device.js';
import { DevicesController } from './http/devices.controller.js';
import { RegistrationController } from './http/registration.controller.js';
import { AccountNames } from './infrastructure/account-names.js';
import { DeviceCodes } from './infrastructure/device-codes.js';
import { DeviceStatuses } from './infrastructure/device-statuses.js';
import { LiveConnections } from './infrastructure/live-connections.js';
import { Nodes } from './infrastructure/nodes.js';
import { PairedDeviceRepository } from './infrastructure/paired-device.repository.js';
import { RandomCodes } from './infrastructure/random-codes.js';
import { DeviceDirectory } from './queries/device-directory.js';

const doors = [DevicesController, RegistrationController];
const ofDevicesAndAccounts = [OnDeviceChanged, OnAccountOpened];
const ofTheGateway = [
  OnDeviceConnected,
  OnDeviceDisconnected,
  OnDevicesHeld,
  OnGatewayAlive,
  OnDeviceStatusReported,
  OnDeviceContinued,
  OnPingShown,
];
const forTheMerchant = [ManagePairing, ShowOnDevice];
const verbs = [ChangeDevice, FollowRegistry, AssignCode, TellDevice, AwaitRegistration, ForgetNodes];
const newCodes = { provide: NewCodes, useClass: RandomCodes };
const storage = [PairedDeviceRepository, DeviceCodes, DeviceStatuses, Nodes, AccountNames, LiveConnections];

/** Device codes, Continue, presence and ping; decides in one place whether a device listens. */
@Module({
  controllers: [...doors, ...ofDevicesAndAccounts, ...ofTheGateway],
  providers: [...forTheMerchant, ...verbs, newCodes, ...storage, DeviceDirectory],
})
export class PairingModule {}
