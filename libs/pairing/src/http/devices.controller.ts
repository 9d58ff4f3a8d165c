import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { compatibleBody, CurrentCaller, InvalidRequestError, Requires, strictBody } from '#http-door';
import { ManagePairing } from '../application/manage-pairing.js';
import { ShowOnDevice } from '../application/show-on-device.js';
import { DeviceDirectory } from '../queries/device-directory.js';
import { ChangeDeviceRequest, DeviceResponse, DevicesQuery, DisplayRequest } from './devices.messages.js';

const defaultLimit = 100;
const defaultSeconds = 10;

@ApiTags('Devices')
@Controller('v2/devices')
export class DevicesController {
  constructor(
    private readonly directory: DeviceDirectory,
    private readonly showOnDevice: ShowOnDevice,
    private readonly manage: ManagePairing,
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
    await this.showOnDevice.ping({ accountId: caller.accountId, code }, caller.actor.name);
  }

  @Post(':code/display')
  @HttpCode(202)
  @Requires({ processing: 'positive_transaction' })
  @ApiOperation({ summary: 'Show a text on the idle screen of this one device; a payment hides it' })
  @ApiAcceptedResponse({ description: 'The text is on its way.' })
  async display(
    @CurrentCaller() { accountId }: Caller,
    @Param('code') code: string,
    @Body(strictBody) { text, seconds = defaultSeconds }: DisplayRequest,
  ): Promise<void> {
    await this.showOnDevice.display({ accountId, code }, { text, seconds });
  }

  @Patch(':code')
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Give the device a name and say where it stands; what is left out stays' })
  @ApiOkResponse({ type: DeviceResponse })
  async change(
    @CurrentCaller() { accountId, actor: by, timeZone }: Caller,
    @Param('code') code: string,
    @Body(strictBody) { name, location }: ChangeDeviceRequest,
  ): Promise<DeviceResponse> {
    await this.manage.rename({ accountId, code, by }, { name, location });
    return new DeviceResponse(await this.directory.get(accountId, code), timeZone);
  }

  @Delete(':code')
  @HttpCode(204)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Unpair: the code is released, the session ends, the next log-in gets another code' })
  @ApiNoContentResponse()
  async unpair(@CurrentCaller() { accountId, actor: by }: Caller, @Param('code') code: string): Promise<void> {
    await this.manage.unpair({ accountId, code, by });
  }
}
