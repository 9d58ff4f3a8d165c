import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Requires, RequiresManager, strictBody } from '#http-door';
import { CreateSetUpCode } from '../application/create-set-up-code.js';
import { type ManagedDevice, ManageDevice } from '../application/manage-device.js';
import { RetireDeviceRequest, SetUpCodeResponse } from './device-management.messages.js';

@ApiTags('Devices')
@Controller()
export class DeviceManagementController {
  constructor(
    private readonly manage: ManageDevice,
    private readonly createSetUpCode: CreateSetUpCode,
  ) {}

  @Post('v2/devices/:code/lock')
  @HttpCode(204)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Lock a device: no log-in, no payment. A card that is being charged is finished first' })
  @ApiNoContentResponse()
  async lock(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<void> {
    await this.manage.lock(managed(caller, code));
  }

  @Post('v2/devices/:code/unlock')
  @HttpCode(204)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Unlock a device; it comes back by itself within half a minute, its session goes on' })
  @ApiNoContentResponse()
  async unlock(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<void> {
    await this.manage.unlock(managed(caller, code));
  }

  @Post('v2/devices/:code/retire')
  @HttpCode(204)
  @Requires({ settings: 'write' })
  @ApiOperation({
    summary: 'Take a device out of service; its code is released. Only a set-up by this account brings it back',
  })
  @ApiNoContentResponse()
  async retire(
    @CurrentCaller() caller: Caller,
    @Param('code') code: string,
    @Body(strictBody) { force = false }: RetireDeviceRequest,
  ): Promise<void> {
    await this.manage.retire(managed(caller, code), { force });
  }

  @Post('console/v1/setup-codes')
  @RequiresManager()
  @ApiOperation({ summary: 'A one-time code that binds one terminal to the account; valid for 10 minutes' })
  @ApiCreatedResponse({ type: SetUpCodeResponse })
  async newSetUpCode(@CurrentCaller() { accountId, accountName, actor }: Caller): Promise<SetUpCodeResponse> {
    return new SetUpCodeResponse(await this.createSetUpCode.execute({ accountId, accountName, by: actor }));
  }
}

const managed = ({ accountId, actor }: Caller, code: string): ManagedDevice => ({ accountId, code, by: actor });
