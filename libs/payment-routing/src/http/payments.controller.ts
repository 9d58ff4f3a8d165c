import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, preferredWait, Requires, satisfies, strictBody, untilGone } from '#http-door';
import type { FastifyReply } from 'fastify';
import { CancelPayment } from '../application/cancel-payment.js';
import { ResolvePayment } from '../application/resolve-payment.js';
import { Payments } from '../queries/payments.js';
import { PaymentResponse, PaymentsResponse } from './payment.messages.js';
import { PaymentsQuery, ResolveRequest } from './payment.requests.js';

const defaultLimit = 50;

@ApiTags('Payments')
@Controller('v2/payments')
export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly cancelPayment: CancelPayment,
    private readonly resolvePayment: ResolvePayment,
  ) {}

  @Get()
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({ summary: 'Payments, newest first, by what a till knows of them' })
  @ApiOkResponse({ type: PaymentsResponse })
  async list(
    @CurrentCaller() { accountId, timeZone }: Caller,
    @Query(strictBody) query: PaymentsQuery,
  ): Promise<PaymentsResponse> {
    const { invoiceNumber = null, idempotencyKey = null, deviceCode = null, status = null, after = null } = query;
    const { limit = defaultLimit } = query;
    const wanted = { invoiceNumber, idempotencyKey, deviceCode, status, after, limit };
    const { payments, next } = await this.payments.list(accountId, wanted);
    return { data: payments.map((payment) => new PaymentResponse(payment, timeZone)), next };
  }

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

  @Post(':id/cancel')
  @HttpCode(200)
  @Requires({ processing: 'positive_transaction' })
  @ApiOperation({ summary: 'Cancel, at once and for good; 409 `too_late` when the card step may have begun' })
  @ApiOkResponse({ type: PaymentResponse })
  async cancel(@CurrentCaller() caller: Caller, @Param('id') asked: string): Promise<PaymentResponse> {
    const { accountId, actor: by, permissions, timeZone } = caller;
    const { id } = await this.payments.get(accountId, asked);
    const mayRefund = satisfies(permissions, [{ processing: 'admin' }]);
    await this.cancelPayment.execute({ accountId, paymentId: id, by, mayRefund });
    return new PaymentResponse(await this.payments.get(accountId, id), timeZone);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Requires({ processing: 'admin' })
  @ApiOperation({ summary: 'Settle an unknown payment by what you found out elsewhere' })
  @ApiOkResponse({ type: PaymentResponse })
  async resolve(
    @CurrentCaller() { accountId, actor: by, timeZone }: Caller,
    @Param('id') asked: string,
    @Body(strictBody) { outcome, approvalCode, reason }: ResolveRequest,
  ): Promise<PaymentResponse> {
    const { id: paymentId } = await this.payments.get(accountId, asked);
    await this.resolvePayment.execute({
      accountId,
      paymentId,
      outcome,
      approvalCode: approvalCode ?? null,
      reason,
      by,
    });
    return new PaymentResponse(await this.payments.get(accountId, paymentId), timeZone);
  }
}
