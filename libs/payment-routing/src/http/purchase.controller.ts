import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { compatibleBody, CurrentCaller, preferredWait, Requires } from '#http-door';
import type { FastifyReply } from 'fastify';
import { purchaseOrder } from '../application/purchase-order.js';
import { StartPurchase } from '../application/start-purchase.js';
import { Payments } from '../queries/payments.js';
import { untilGone } from './until-gone.js';
import { PaymentResponse, PurchaseRequest } from './payment.messages.js';

@ApiTags('Payments')
@Controller('v2/devices/:code/payment')
export class PurchaseController {
  constructor(
    private readonly startPurchase: StartPurchase,
    private readonly payments: Payments,
  ) {}

  @Post('purchase')
  @HttpCode(202)
  @Requires({ processing: 'positive_transaction' })
  @ApiOperation({ summary: 'Start a purchase on this one device' })
  @ApiHeader({
    name: 'idempotency-key',
    required: false,
    description: '8 to 128 of A-Z a-z 0-9 - _ . : — for 72 hours.',
  })
  @ApiHeader({ name: 'prefer', required: false, description: 'wait=30 answers when the payment has ended.' })
  @ApiAcceptedResponse({ type: PaymentResponse, description: 'Stored; it will end. `Location` is where to read it.' })
  @ApiOkResponse({ type: PaymentResponse, description: 'With Prefer: wait=N, when it ended in time.' })
  async purchase(
    @CurrentCaller() caller: Caller,
    @Param('code') code: string,
    @Body(compatibleBody) body: PurchaseRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentResponse> {
    const started = await this.startPurchase.execute(purchaseOrder(body, caller, code, key));
    const waitMs = preferredWait(prefer);
    const payment = await this.payments.untilFinal(caller.accountId, started.paymentId, waitMs, untilGone(reply));
    void reply.header('location', `/v2/payments/${payment.id}`);
    if (started.replayed) void reply.header('idempotency-replayed', 'true');
    if (waitMs > 0 && payment.isFinal) void reply.status(200);
    return new PaymentResponse(payment, caller.timeZone);
  }
}
