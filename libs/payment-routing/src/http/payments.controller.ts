import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, preferredWait, Requires } from '#http-door';
import type { FastifyReply } from 'fastify';
import { Payments } from '../queries/payments.js';
import { untilGone } from './until-gone.js';
import { PaymentResponse } from './payment.messages.js';

@ApiTags('Payments')
@Controller('v2/payments')
export class PaymentsController {
  constructor(private readonly payments: Payments) {}

  @Get(':id')
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({ summary: 'A payment with its timeline' })
  @ApiHeader({ name: 'prefer', required: false, description: 'wait=30 answers when the payment has ended.' })
  @ApiOkResponse({ type: PaymentResponse })
  async detail(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentResponse> {
    const payment = await this.payments.untilFinal(caller.accountId, id, preferredWait(prefer), untilGone(reply));
    return new PaymentResponse(payment, caller.timeZone);
  }
}
