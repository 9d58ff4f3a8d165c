import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '#http-door';
import { DeviceSessions, type SessionView } from '../queries/device-sessions.js';

class OpenSession {
  @ApiProperty({ format: 'uuid' }) readonly userId: string;
  @ApiProperty({ enum: ['api', 'standalone'], description: 'Of the session: as API mode was when it began.' })
  readonly mode: string;
  @ApiProperty({ format: 'date-time' }) readonly openedAt: string;

  constructor({ userId, mode, openedAt }: SessionView) {
    [this.userId, this.mode, this.openedAt] = [userId, mode, openedAt.toISOString()];
  }
}

class DeviceSessionResponse {
  @ApiProperty({ type: OpenSession, nullable: true, description: 'Null: nobody is logged in.' })
  readonly session: OpenSession | null;

  constructor(session: SessionView | null) {
    this.session = session && new OpenSession(session);
  }
}

@ApiTags('Console')
@Controller('console/v1/devices')
export class DeviceSessionController {
  constructor(private readonly sessions: DeviceSessions) {}

  @Get(':code/session')
  @Requires({ general: 'read', settings: 'read' })
  @ApiOperation({ summary: 'Who is logged in to a terminal' })
  @ApiOkResponse({ type: DeviceSessionResponse })
  async read(@CurrentCaller() { accountId }: Caller, @Param('code') code: string): Promise<DeviceSessionResponse> {
    return new DeviceSessionResponse(await this.sessions.of(accountId, code));
  }
}
