import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Requires, strictBody } from '#http-door';
import { SetApiMode } from '../application/set-api-mode.js';
import { ApiModeQuery } from '../queries/api-mode.js';
import { ApiModeResponse, SetApiModeRequest } from './api-mode.messages.js';

@ApiTags('Settings')
@Controller('v2/settings/api-mode')
export class ApiModeController {
  constructor(
    private readonly setApiMode: SetApiMode,
    private readonly apiMode: ApiModeQuery,
  ) {}

  @Get()
  @Requires({ settings: 'read' })
  @ApiOperation({ summary: 'Whether API mode is on' })
  @ApiOkResponse({ type: ApiModeResponse })
  async read(@CurrentCaller() caller: Caller): Promise<ApiModeResponse> {
    return new ApiModeResponse(await this.apiMode.of(caller.accountId));
  }

  @Put()
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Switch API mode on or off' })
  @ApiOkResponse({ type: ApiModeResponse })
  async write(@CurrentCaller() caller: Caller, @Body(strictBody) body: SetApiModeRequest): Promise<ApiModeResponse> {
    const by = { ...caller.actor, role: caller.role };
    const { accountId } = caller;
    return new ApiModeResponse(await this.setApiMode.execute({ accountId, enabled: body.enabled, by }));
  }
}
