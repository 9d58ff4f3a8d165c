import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DeviceAuthentication, ForDevices, preferredWait, untilGone } from '#http-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
  async read(
    @Req() { method, headers, url }: FastifyRequest,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const device = await this.devices.bySession({ method, headers, url });
    const waiting = { ms: preferredWait(prefer), abort: untilGone(reply) };
    const code = await this.awaitRegistration.execute(device, waiting);
    return { status: code === null ? 'registering' : 'registered', code };
  }
}
