import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '#http-door';
import { Payments, type PaymentView } from '../queries/payments.js';

class TerminalTimesResponse {
  @ApiProperty({
    ...{ type: String, format: 'date-time', nullable: true },
    description: 'When the terminal first said that it has the request in its journal.',
  })
  readonly receivedAt: string | null;

  constructor({ receivedAt }: PaymentView) {
    this.receivedAt = receivedAt?.toISOString() ?? null;
  }
}

/** What passed between platform and terminal and is no state of the payment: for people who want to see where time went. */
@ApiTags('Console')
@Controller('console/v1/payments')
export class TerminalTimesController {
  constructor(private readonly payments: Payments) {}

  @Get(':id/terminal-times')
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({ summary: 'When the terminal got the payment, which is no state of it' })
  @ApiOkResponse({ type: TerminalTimesResponse })
  async read(@CurrentCaller() { accountId }: Caller, @Param('id') id: string): Promise<TerminalTimesResponse> {
    return new TerminalTimesResponse(await this.payments.get(accountId, id));
  }
}
