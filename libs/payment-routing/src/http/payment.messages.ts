import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsInt, IsNumber, IsObject, IsOptional, IsString, Max, Min } from 'class-validator';
import { CardTransactionResponse } from './card-transaction.messages.js';
import type { PaymentView } from '../queries/payments.js';

export class PurchaseRequest {
  @ApiProperty({ enum: ['CAD', 'USD'], description: "The account's core currency." })
  @IsString({ message: 'must be CAD or USD, the core currency of the account' })
  currency!: string;

  @ApiProperty({ example: 10.99, description: 'Decimal units, at most 2 decimals, more than 0.' })
  @IsNumber({}, { message: 'must be a number such as 10.99' })
  transactionAmount!: number;

  @ApiPropertyOptional({ type: String, maxLength: 50, description: 'Made by the platform when left out.' })
  @Allow()
  invoiceNumber?: unknown;

  @ApiPropertyOptional({ type: String, maxLength: 50, description: 'Made by the platform when left out.' })
  @Allow()
  customerCode?: unknown;

  @ApiPropertyOptional({ minimum: 2, maximum: 60, default: 10, description: 'Seconds until the prompt must be shown.' })
  @IsOptional()
  @IsInt()
  @Min(2)
  @Max(60)
  deliverWithin?: number | null;

  @ApiPropertyOptional({ minimum: 15, maximum: 300, default: 120, description: 'Seconds to present a card.' })
  @IsOptional()
  @IsInt()
  @Min(15)
  @Max(300)
  payWithin?: number | null;

  @ApiPropertyOptional({ maxLength: 80, description: 'Shown on the terminal.' })
  @IsOptional()
  @IsString()
  description?: string | null;

  @ApiPropertyOptional({ type: Object, description: 'Up to 20 keys of 40 characters, values of 500.' })
  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown> | null;
}

class TimelineResponse {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty() readonly status!: string;
  @ApiPropertyOptional() readonly reason?: string;
}

export class PaymentResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty({ enum: ['purchase', 'refund'] }) readonly kind: string;
  @ApiProperty({
    enum: [
      'requested',
      'shown',
      'processing',
      'approved',
      'declined',
      'cancelled',
      'not_delivered',
      'abandoned',
      'unknown',
      'failed',
    ],
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
    this.cardTransaction = payment.cardTransaction && new CardTransactionResponse(payment.cardTransaction, timeZone);
    this.timeline = payment.timeline;
  }
}
