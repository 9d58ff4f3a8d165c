import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { compatibleBody, CurrentCaller, preferredWait, Requires, untilGone } from '#http-door';
import type { FastifyReply } from 'fastify';
import type { Started } from '../application/accept-payment.js';
import { purchaseOrder, refundOrder } from '../application/payment-order.js';
import { StartPurchase } from '../application/start-purchase.js';
import { StartRefund } from '../application/start-refund.js';
import { Payments } from '../queries/payments.js';
import { PaymentResponse } from './payment.messages.js';
import { PurchaseRequest, RefundRequest } from './payment.requests.js';
import { ApiStartsPayment } from './starts-payment.js';

interface Waiting {
  readonly prefer: string | undefined;
  readonly reply: FastifyReply;
}

@ApiTags('Payments')
@Controller('v2/devices/:code/payment')
export class StartPaymentController {
  constructor(
    private readonly startPurchase: StartPurchase,
    private readonly startRefund: StartRefund,
    private readonly payments: Payments,
  ) {}

  @Post('purchase')
  @HttpCode(202)
  @Requires({ processing: 'positive_transaction' })
  @ApiOperation({ summary: 'Start a purchase on this one device' })
  @ApiStartsPayment()
  async purchase(
    @CurrentCaller() caller: Caller,
    @Param('code') deviceCode: string,
    @Body(compatibleBody) body: PurchaseRequest,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentResponse> {
    const order = purchaseOrder(body, caller, { deviceCode, idempotencyKey });
    return this.answer(caller, await this.startPurchase.execute(order), { prefer, reply });
  }

  @Post('refund')
  @HttpCode(202)
  @Requires({ processing: 'admin' })
  @ApiOperation({ summary: 'Start a refund of an approved purchase, on any device of the account' })
  @ApiStartsPayment()
  async refund(
    @CurrentCaller() caller: Caller,
    @Param('code') deviceCode: string,
    @Body(compatibleBody) body: RefundRequest,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentResponse> {
    const order = refundOrder(body, caller, { deviceCode, idempotencyKey });
    return this.answer(caller, await this.startRefund.execute(order), { prefer, reply });
  }

  private async answer(caller: Caller, started: Started, { prefer, reply }: Waiting): Promise<PaymentResponse> {
    const waitMs = preferredWait(prefer);
    const payment = await this.payments.untilFinal(caller.accountId, started.paymentId, waitMs, untilGone(reply));
    void reply.header('location', `/v2/payments/${payment.id}`);
    if (started.replayed) void reply.header('idempotency-replayed', 'true');
    if (waitMs > 0 && payment.isFinal) void reply.status(200);
    return new PaymentResponse(payment, caller.timeZone);
  }
}
