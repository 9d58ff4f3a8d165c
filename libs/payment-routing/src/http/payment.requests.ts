import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  Allow,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

export const paymentStatuses = [
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
];

class PaymentRequest {
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

export class PurchaseRequest extends PaymentRequest {
  @ApiProperty({ enum: ['CAD', 'USD'], description: "The account's core currency." })
  @IsString({ message: 'must be CAD or USD, the core currency of the account' })
  currency!: string;

  @ApiPropertyOptional({ type: Object, example: { percentages: [15, 18, 20] }, description: '`false`: no tip.' })
  @Allow()
  tipping?: unknown;
}

export class RefundRequest extends PaymentRequest {
  @ApiProperty({ example: 1000001, description: 'The approved purchase that is given back, in part or whole.' })
  @IsInt({ message: 'must be the transactionId of an approved purchase' })
  @Min(1, { message: 'must be the transactionId of an approved purchase' })
  @Max(Number.MAX_SAFE_INTEGER, { message: 'must be the transactionId of an approved purchase' })
  originalTransactionId!: number;

  @ApiPropertyOptional({ enum: ['CAD', 'USD'], description: "The account's core currency, if sent." })
  @IsOptional()
  @IsString({ message: 'must be CAD or USD, the core currency of the account' })
  currency?: string | null;
}

const reference = /^\P{Cc}*$/u;
const referenceMessage = { message: 'has characters that cannot be printed' };

export class PaymentsQuery {
  @ApiPropertyOptional() @IsOptional() @MaxLength(50) @Matches(reference, referenceMessage) invoiceNumber?: string;

  @ApiPropertyOptional({ description: 'Of the last 72 hours.' })
  @IsOptional()
  @MaxLength(128)
  @Matches(reference, referenceMessage)
  idempotencyKey?: string;

  @ApiPropertyOptional({ example: 'NB7X' })
  @IsOptional()
  @Matches(/^[0-9A-Za-z]{4}$/, { message: 'must be a device code such as NB7X' })
  deviceCode?: string;

  @ApiPropertyOptional({ enum: paymentStatuses }) @IsOptional() @IsIn(paymentStatuses) status?: string;

  @ApiPropertyOptional({ format: 'uuid', description: '`next` of the page before.' })
  @IsOptional()
  @IsUUID(undefined, { message: 'must be the `next` of the page before' })
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

export class ResolveRequest {
  @ApiProperty({ enum: ['approved', 'declined', 'failed'], description: '`failed`: nothing was charged.' })
  @IsIn(['approved', 'declined', 'failed'])
  outcome!: 'approved' | 'declined' | 'failed';

  @ApiPropertyOptional({ maxLength: 20 })
  @IsOptional()
  @Matches(/^[A-Za-z0-9]{1,20}$/, { message: 'must be up to 20 letters and digits' })
  approvalCode?: string;

  @ApiProperty({ maxLength: 200, description: 'How you know; kept with your name.' })
  @Length(3, 200)
  @Matches(reference, referenceMessage)
  reason!: string;
}
