import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ForDevices, InvalidRequestError, strictBody } from '#http-door';
import { Clock } from '#kernel';
import type { FastifyRequest } from 'fastify';
import { AuthenticateDevice } from '../application/authenticate-device.js';
import { BindDevice } from '../application/bind-device.js';
import { RegisterDevice } from '../application/register-device.js';
import { SetUpDevice } from '../application/set-up-device.js';
import { deviceRequestOf } from './device-request.js';
import { AppInstallationRequest, BindingRequest, NetworkCheckRequest, SetUpRequest } from './device-setup.messages.js';

@ApiExcludeController()
@Controller('device/v1/setup')
export class DeviceSetupController {
  constructor(
    private readonly registerDevice: RegisterDevice,
    private readonly setUpDevice: SetUpDevice,
    private readonly bindDevice: BindDevice,
    private readonly authenticate: AuthenticateDevice,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ForDevices()
  async register(@Req() request: FastifyRequest, @Body(strictBody) body: SetUpRequest) {
    const { serialNumber, model, appVersion, publicKey, setupCode: setUpCode } = body;
    const registration = { serialNumber, model, appVersion, publicKey, setUpCode, address: request.ip };
    const device = await this.registerDevice.execute(deviceRequestOf(request), registration);
    return { deviceId: device.id, serialNumber, model: device.state.model, missing: device.missingSteps };
  }

  @Post('network')
  @HttpCode(200)
  @ForDevices()
  async network(@Req() request: FastifyRequest, @Body(strictBody) _body: NetworkCheckRequest) {
    const { deviceId } = await this.authenticate.byKey(deviceRequestOf(request));
    const missing = await this.setUpDevice.execute(deviceId, { step: 'network' });
    return { serverTime: this.clock.now().toISOString(), missing };
  }

  @Post('app')
  @HttpCode(200)
  @ForDevices()
  async app(@Req() request: FastifyRequest, @Body(strictBody) body: AppInstallationRequest) {
    const { deviceId } = await this.authenticate.byKey(deviceRequestOf(request));
    return { missing: await this.setUpDevice.execute(deviceId, { step: 'app', appVersion: body.appVersion }) };
  }

  @Post('account')
  @HttpCode(200)
  @ForDevices()
  async account(@Req() request: FastifyRequest, @Body(strictBody) body: BindingRequest) {
    const { deviceId } = await this.authenticate.byKey(deviceRequestOf(request));
    const { email, password, setupCode } = body;
    if (email !== undefined && password !== undefined && setupCode === undefined)
      return this.bindDevice.byPassword({ deviceId, email, password });
    if (setupCode !== undefined && email === undefined)
      return this.bindDevice.bySetUpCode({ deviceId, setUpCode: setupCode, address: request.ip });
    throw new InvalidRequestError({ setupCode: 'send either setupCode, or email and password' });
  }
}
