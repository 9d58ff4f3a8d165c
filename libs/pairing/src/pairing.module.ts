import { Module } from '@nestjs/common';
import { AssignCode } from './application/assign-code.js';
import { AwaitRegistration } from './application/await-registration.js';
import { ChangeDevice } from './application/change-device.js';
import { FollowRegistry } from './application/follow-registry.js';
import { OnAccountOpened } from './application/on-account-opened.js';
import { OnDeviceChanged } from './application/on-device-changed.js';
import { OnDeviceConnected } from './application/on-device-connected.js';
import { OnDeviceContinued } from './application/on-device-continued.js';
import { OnDeviceDisconnected } from './application/on-device-disconnected.js';
import { OnDeviceStatusReported } from './application/on-device-status-reported.js';
import { OnDevicesHeld } from './application/on-devices-held.js';
import { OnGatewayAlive } from './application/on-gateway-alive.js';
import { PingDevice } from './application/ping-device.js';
import { TellDevice } from './application/tell-device.js';
import { DevicesController } from './http/devices.controller.js';
import { RegistrationController } from './http/registration.controller.js';
import { AccountNames } from './infrastructure/account-names.js';
import { DeviceCodes } from './infrastructure/device-codes.js';
import { DeviceStatuses } from './infrastructure/device-statuses.js';
import { LiveConnections } from './infrastructure/live-connections.js';
import { Nodes } from './infrastructure/nodes.js';
import { PairedDeviceRepository } from './infrastructure/paired-device.repository.js';
import { DeviceDirectory } from './queries/device-directory.js';

const doors = [DevicesController, RegistrationController];
const ofTheRegistry = [OnDeviceChanged, OnAccountOpened];
const ofTheGateway = [
  OnDeviceConnected,
  OnDeviceDisconnected,
  OnDevicesHeld,
  OnGatewayAlive,
  OnDeviceStatusReported,
  OnDeviceContinued,
];
const verbs = [ChangeDevice, FollowRegistry, AssignCode, TellDevice, PingDevice, AwaitRegistration];
const storage = [PairedDeviceRepository, DeviceCodes, DeviceStatuses, Nodes, AccountNames, LiveConnections];

/** Device codes, Continue, presence and ping; decides in one place whether a device listens. */
@Module({
  controllers: [...doors, ...ofTheRegistry, ...ofTheGateway],
  providers: [...verbs, ...storage, DeviceDirectory],
})
export class PairingModule {}
