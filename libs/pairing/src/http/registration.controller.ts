import { Controller, Get, Headers, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DeviceAuthentication, ForDevices, preferredWait } from '#http-door';
import type { FastifyRequest } from 'fastify';
import { AwaitRegistration } from '../application/await-registration.js';

@ApiExcludeController()
@Controller('device/v1/registration')
export class RegistrationController {
  constructor(
    private readonly devices: DeviceAuthentication,
    private readonly awaitRegistration: AwaitRegistration,
  ) {}

  @Get()
  @ForDevices()
  async read(@Req() request: FastifyRequest, @Headers('prefer') prefer: string | undefined) {
    const { method, headers, url } = request;
    const device = await this.devices.bySession({ method, headers, url });
    const code = await this.awaitRegistration.execute(device, preferredWait(prefer));
    return { status: code === null ? 'registering' : 'registered', code };
  }
}
