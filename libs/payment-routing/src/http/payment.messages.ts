import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PaymentView } from '../queries/payments.js';
import { CardTransactionResponse } from './card-transaction.messages.js';
import { paymentStatuses } from './payment.requests.js';

class TimelineResponse {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty() readonly status!: string;
  @ApiPropertyOptional() readonly reason?: string;
}

export class PaymentResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty({ enum: ['purchase', 'refund'] }) readonly kind: string;
  @ApiProperty({
    enum: paymentStatuses,
  })
  readonly status: string;
  @ApiProperty({ type: String, nullable: true }) readonly reason: string | null;
  @ApiProperty({ example: 'NB7X' }) readonly deviceCode: string;
  @ApiProperty({ example: 10.99 }) readonly amount: number;
  @ApiProperty() readonly currency: string;
  @ApiProperty() readonly tipAmount: number;
  @ApiProperty() readonly invoiceNumber: string;
  @ApiProperty() readonly customerCode: string;
  @ApiProperty({ type: String, nullable: true }) readonly description: string | null;
  @ApiProperty({ type: Object }) readonly metadata: Readonly<Record<string, string>>;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly updatedAt: string;
  @ApiProperty({ type: Number, nullable: true }) readonly transactionId: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Of a refund.' })
  readonly originalTransactionId: number | null;
  @ApiProperty({ description: 'The same device charged the same card with the same amount within 5 minutes.' })
  readonly suspectedDuplicate: boolean;
  @ApiProperty({ type: CardTransactionResponse, nullable: true })
  readonly cardTransaction: CardTransactionResponse | null;
  @ApiProperty({ type: [TimelineResponse] }) readonly timeline: PaymentView['timeline'];

  constructor(payment: PaymentView, timeZone: string) {
    this.id = payment.id;
    this.kind = payment.kind;
    this.status = payment.status;
    this.reason = payment.reason;
    this.deviceCode = payment.deviceCode;
    this.amount = payment.amount / 100;
    this.currency = payment.currency;
    this.tipAmount = payment.tip / 100;
    this.invoiceNumber = payment.invoiceNumber;
    this.customerCode = payment.customerCode;
    this.description = payment.description;
    this.metadata = payment.metadata;
    this.createdAt = payment.createdAt.toISOString();
    this.updatedAt = payment.updatedAt.toISOString();
    this.transactionId = payment.transactionId;
    this.originalTransactionId = payment.originalTransactionId;
    this.suspectedDuplicate = payment.suspectedDuplicate;
    this.cardTransaction = payment.cardTransaction && new CardTransactionResponse(payment.cardTransaction, timeZone);
    this.timeline = payment.timeline;
  }
}

export class PaymentsResponse {
  @ApiProperty({ type: [PaymentResponse] }) readonly data!: readonly PaymentResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass it as `after`; null: there are no older ones.' })
  readonly next!: string | null;
}
