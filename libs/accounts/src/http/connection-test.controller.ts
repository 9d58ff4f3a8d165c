import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Requires } from '#http-door';

class ConnectionTestResponse {
  @ApiProperty({ type: String })
  readonly message = 'Connection Successful';
}

@ApiTags('Connection')
@Controller('v2/connection-test')
export class ConnectionTestController {
  @Get()
  @Requires()
  @ApiOperation({ summary: 'Check the address and the API token' })
  @ApiOkResponse({ type: ConnectionTestResponse })
  test(): ConnectionTestResponse {
    return new ConnectionTestResponse();
  }
}
