import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, RequiresAdministrator, strictBody } from '#http-door';
import { CreateApiAccess } from '../application/create-api-access.js';
import { RevokeApiAccess } from '../application/revoke-api-access.js';
import { ApiAccessesQuery } from '../queries/api-accesses.js';
import { AuditEntries } from '../queries/audit-entries.js';
import {
  ApiAccessesResponse,
  ApiAccessResponse,
  AuditEntryResponse,
  AuditQuery,
  AuditResponse,
  NewApiAccessRequest,
  NewApiAccessResponse,
} from './administration.messages.js';

const defaultLimit = 50;

@ApiTags('Console')
@Controller('console/v1')
export class ApiAccessesController {
  constructor(
    private readonly accesses: ApiAccessesQuery,
    private readonly auditEntries: AuditEntries,
    private readonly createApiAccess: CreateApiAccess,
    private readonly revokeApiAccess: RevokeApiAccess,
  ) {}

  @Get('api-accesses')
  @RequiresAdministrator()
  @ApiOperation({ summary: 'The API accesses of the account' })
  @ApiOkResponse({ type: ApiAccessesResponse })
  async all(@CurrentCaller() { accountId }: Caller): Promise<ApiAccessesResponse> {
    const accesses = await this.accesses.all(accountId);
    return { data: accesses.map((access) => new ApiAccessResponse(access)), next: null };
  }

  @Post('api-accesses')
  @RequiresAdministrator()
  @ApiOperation({ summary: 'A new API access; its token is in this answer and never again' })
  @ApiCreatedResponse({ type: NewApiAccessResponse })
  async create(
    @CurrentCaller() { accountId, actor, role }: Caller,
    @Body(strictBody) { name, permissions }: NewApiAccessRequest,
  ): Promise<NewApiAccessResponse> {
    const wanted = { accountId, name, permissions, by: { ...actor, role } };
    const { apiAccessId: id, token } = await this.createApiAccess.execute(wanted);
    return { id, token };
  }

  @Delete('api-accesses/:id')
  @HttpCode(204)
  @RequiresAdministrator()
  @ApiOperation({ summary: 'End an API access: its token is unknown from the next request on' })
  @ApiNoContentResponse()
  async revoke(@CurrentCaller() { accountId, actor, role }: Caller, @Param('id') apiAccessId: string): Promise<void> {
    await this.revokeApiAccess.execute({ accountId, apiAccessId, by: { ...actor, role } });
  }

  @Get('audit')
  @RequiresAdministrator()
  @ApiOperation({ summary: 'Who changed what, newest first' })
  @ApiOkResponse({ type: AuditResponse })
  async audit(
    @CurrentCaller() { accountId }: Caller,
    @Query(strictBody) { before, limit = defaultLimit }: AuditQuery,
  ): Promise<AuditResponse> {
    const { entries, next } = await this.auditEntries.page(accountId, before ?? null, limit);
    return { data: entries.map((entry) => new AuditEntryResponse(entry)), next };
  }
}
