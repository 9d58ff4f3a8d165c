import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires, strictBody } from '#http-door';
import { IsUUID } from 'class-validator';
import { WebhookList } from '../queries/webhook-list.js';
import { DeliveryOfPaymentResponse } from './webhooks.messages.js';

class DeliveriesOfPaymentQuery {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  paymentId!: string;
}

class DeliveriesOfPaymentResponse {
  @ApiProperty({ type: [DeliveryOfPaymentResponse], description: 'The oldest first.' })
  readonly data!: readonly DeliveryOfPaymentResponse[];
}

/** What the account's endpoints were told of one payment. */
@ApiTags('Console')
@Controller('console/v1/deliveries')
export class DeliveriesOfPaymentController {
  constructor(private readonly list: WebhookList) {}

  @Get()
  @Requires({ settings: 'read' })
  @ApiOperation({ summary: 'What was sent about a payment, to every endpoint; empty where nothing was' })
  @ApiOkResponse({ type: DeliveriesOfPaymentResponse })
  async all(
    @CurrentCaller() { accountId }: Caller,
    @Query(strictBody) { paymentId }: DeliveriesOfPaymentQuery,
  ): Promise<DeliveriesOfPaymentResponse> {
    const found = await this.list.deliveriesAbout(accountId, paymentId);
    return { data: found.map((delivery) => new DeliveryOfPaymentResponse(delivery)) };
  }
}
