import { Controller, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { compatibleBody, CurrentCaller, InvalidRequestError, Requires } from '#http-door';
import { PingDevice } from '../application/ping-device.js';
import { DeviceDirectory } from '../queries/device-directory.js';
import { DeviceResponse, DevicesQuery } from './devices.messages.js';

const defaultLimit = 100;

@ApiTags('Devices')
@Controller('v2/devices')
export class DevicesController {
  constructor(
    private readonly directory: DeviceDirectory,
    private readonly pingDevice: PingDevice,
  ) {}

  @Get()
  @Requires({ general: 'read', settings: 'read' })
  @ApiOperation({ summary: 'The devices of the account that have a code' })
  @ApiOkResponse({ type: [DeviceResponse] })
  async list(@CurrentCaller() caller: Caller, @Query(compatibleBody) query: DevicesQuery): Promise<DeviceResponse[]> {
    const { code, limit = defaultLimit, offset, page } = query;
    if (offset !== undefined && page !== undefined) {
      throw new InvalidRequestError({ page: 'not together with offset; send one of them' });
    }
    const skip = offset ?? (page ?? 0) * limit;
    const entries = await this.directory.list(caller.accountId, { code, limit, offset: skip });
    return entries.map((entry) => new DeviceResponse(entry, caller.timeZone));
  }

  @Get(':code')
  @Requires({ general: 'read', settings: 'read' })
  @ApiOperation({ summary: 'One device' })
  @ApiOkResponse({ type: DeviceResponse })
  async detail(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<DeviceResponse> {
    return new DeviceResponse(await this.directory.get(caller.accountId, code), caller.timeZone);
  }

  @Get(':code/ping')
  @HttpCode(202)
  @Requires()
  @ApiOperation({ summary: 'Show a message on this one device, to prove that the code is the right one' })
  @ApiAcceptedResponse({ description: 'The message is on its way.' })
  async ping(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<void> {
    await this.pingDevice.execute({ accountId: caller.accountId, code }, caller.actor.name);
  }
}
