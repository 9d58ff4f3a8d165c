import { Body, Controller, Delete, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ForDevices, InvalidRequestError, strictBody } from '#http-door';
import type { FastifyRequest } from 'fastify';
import { AuthenticateDevice } from '../application/authenticate-device.js';
import { type Credentials, LogIn } from '../application/log-in.js';
import { LogOut } from '../application/log-out.js';
import { DeviceRegistrySettings } from '../application/ports.js';
import { RenewSessionToken } from '../application/renew-session-token.js';
import { deviceRequestOf } from './device-request.js';
import { LogInRequest } from './sessions.messages.js';

@ApiExcludeController()
@Controller('device/v1/sessions')
export class SessionsController {
  constructor(
    private readonly authenticate: AuthenticateDevice,
    private readonly logIn: LogIn,
    private readonly renewToken: RenewSessionToken,
    private readonly logOut: LogOut,
    private readonly settings: DeviceRegistrySettings,
  ) {}

  @Post()
  @ForDevices()
  async open(@Req() request: FastifyRequest, @Body(strictBody) body: LogInRequest) {
    const credentials = credentialsOf(body);
    const { deviceId } = await this.authenticate.byKey(deviceRequestOf(request));
    const { sessionToken, session, user } = await this.logIn.execute(deviceId, credentials);
    return {
      sessionToken,
      session: { id: session.id, number: session.number },
      mode: session.mode,
      account: { id: user.accountId, name: user.accountName, currency: user.currency, locale: user.locale },
      user: { id: user.userId, name: user.userName, role: user.role },
      gatewayUrl: this.settings.gatewayUrl,
    };
  }

  @Post('current/token')
  @HttpCode(200)
  @ForDevices()
  async renew(@Req() request: FastifyRequest) {
    const { gatewayUrl } = this.settings;
    return { sessionToken: await this.renewToken.execute(deviceRequestOf(request)), gatewayUrl };
  }

  @Delete('current')
  @HttpCode(204)
  @ForDevices()
  async close(@Req() request: FastifyRequest): Promise<void> {
    await this.logOut.execute(deviceRequestOf(request));
  }
}

function credentialsOf({ pin, email, password }: LogInRequest): Credentials {
  if (pin !== undefined && email === undefined) return { pin };
  if (email !== undefined && password !== undefined && pin === undefined) return { email, password };
  throw new InvalidRequestError({ pin: 'send either pin, or email and password' });
}
