import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { localDateTime } from '#http-door';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { CardTransactionView } from '../queries/card-transactions.js';

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** A database cannot read text with NUL, and no other control character is in what it is compared with. */
const text = /^\P{Cc}*$/u;
const textMessage = { message: 'has characters that cannot be printed' };
const dayMessage = { message: 'must be a day such as 2026-02-09' };

export class CardTransactionsQuery {
  @ApiPropertyOptional({ example: '2026-02-09', description: "From this day on, in the account's time zone." })
  @IsOptional()
  @Matches(day, dayMessage)
  dateFrom?: string;

  @ApiPropertyOptional({ example: '2026-02-09' }) @IsOptional() @Matches(day, dayMessage) dateTo?: string;

  @ApiPropertyOptional({ description: 'Amount, first six or last four digits, holder or approval code.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  @Matches(text, textMessage)
  search?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(50)
  @Matches(text, textMessage)
  customerCode?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(50)
  @Matches(text, textMessage)
  invoiceNumber?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(64)
  @Matches(text, textMessage)
  cardToken?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  cardBatchId?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 1000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;

  @ApiPropertyOptional({ minimum: 1, default: 1 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page?: number;
}

export class CardTransactionResponse {
  @ApiProperty({ example: 1000001 }) readonly transactionId: number;
  @ApiProperty() readonly cardBatchId: number;
  @ApiProperty({ example: '2026-02-09 14:08:08', description: "In the account's time zone." })
  readonly dateCreated: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ enum: ['APPROVED', 'DECLINED'] }) readonly status: string;
  @ApiProperty() readonly user: string = 'Tillgate System';
  @ApiProperty({ enum: ['purchase', 'refund'] }) readonly type: string;
  @ApiProperty({ example: 10.99, description: 'Final, tip included.' }) readonly amount: number;
  @ApiProperty() readonly currency: string;
  @ApiProperty() readonly avsResponse: string = '';
  @ApiProperty() readonly cvvResponse: string = '';
  @ApiProperty({ example: 'VI' }) readonly cardType: string;
  @ApiProperty() readonly approvalCode: string;
  @ApiProperty() readonly cardToken: string;
  @ApiProperty({ example: '4242424242', description: 'First six and last four, run together.' })
  readonly cardNumber: string;
  @ApiProperty() readonly cardHolderName: string;
  @ApiProperty() readonly customerCode: string;
  @ApiProperty() readonly invoiceNumber: string;
  @ApiProperty() readonly warning: string;
  @ApiProperty({ format: 'uuid' }) readonly paymentId: string;
  @ApiProperty() readonly deviceCode: string;
  @ApiProperty() readonly tipAmount: number;
  @ApiProperty({ type: Number, nullable: true }) readonly originalTransactionId: number | null;
  @ApiProperty({ type: String, nullable: true, enum: ['tap', 'insert', 'swipe'] }) readonly entryMode: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly declineReason: string | null;

  constructor(transaction: CardTransactionView, timeZone: string) {
    this.transactionId = transaction.id;
    this.cardBatchId = transaction.cardBatchId;
    this.dateCreated = localDateTime(transaction.createdAt, timeZone);
    this.createdAt = transaction.createdAt.toISOString();
    this.status = transaction.status;
    this.type = transaction.type;
    this.amount = transaction.amount / 100;
    this.currency = transaction.currency;
    this.cardType = transaction.cardType;
    this.approvalCode = transaction.approvalCode;
    this.cardToken = transaction.cardToken;
    this.cardNumber = transaction.firstSix + transaction.lastFour;
    this.cardHolderName = transaction.cardHolder;
    this.customerCode = transaction.customerCode;
    this.invoiceNumber = transaction.invoiceNumber;
    this.warning = transaction.warning;
    this.paymentId = transaction.paymentId;
    this.deviceCode = transaction.deviceCode;
    this.originalTransactionId = transaction.originalTransactionId;
    this.tipAmount = transaction.tip / 100;
    this.entryMode = transaction.entryMode;
    this.declineReason = transaction.declineReason;
  }
}
