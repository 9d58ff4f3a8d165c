import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Requires, strictBody } from '#http-door';
import { ChangeSettings } from '../application/change-settings.js';
import { SettingsQuery } from '../queries/settings.js';
import { ChangeSettingsRequest, SettingsResponse } from './settings.messages.js';

@ApiTags('Settings')
@Controller('v2/settings')
export class SettingsController {
  constructor(
    private readonly changeSettings: ChangeSettings,
    private readonly settings: SettingsQuery,
  ) {}

  @Get()
  @Requires({ settings: 'read' })
  @ApiOperation({ summary: 'What the account chose for its payments and its log' })
  @ApiOkResponse({ type: SettingsResponse })
  async read(@CurrentCaller() { accountId }: Caller): Promise<SettingsResponse> {
    return new SettingsResponse(await this.settings.of(accountId));
  }

  @Patch()
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Change settings; what is left out stays' })
  @ApiOkResponse({ type: SettingsResponse })
  async change(
    @CurrentCaller() { accountId, actor, role }: Caller,
    @Body(strictBody) body: ChangeSettingsRequest,
  ): Promise<SettingsResponse> {
    return new SettingsResponse(await this.changeSettings.execute(accountId, body, { ...actor, role }));
  }
}
