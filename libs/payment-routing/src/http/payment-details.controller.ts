import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '#http-door';
import { PaymentDetails, type PaymentDetailsView } from '../queries/payment-details.js';

class ResolutionResponse {
  @ApiProperty({ enum: ['approved', 'declined', 'failed'] })
  readonly outcome!: string;
  @ApiProperty()
  readonly reason!: string;
  @ApiProperty({ description: 'Name of the user or of the API access.' })
  readonly by!: string;
}

class DoneByResponse {
  @ApiProperty({ enum: ['user', 'api_access', 'system'] })
  readonly kind!: string;
  @ApiProperty({ description: 'Name of the user or of the API access, as it was then.' })
  readonly name!: string;
}

class ContradictionResponse {
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ enum: ['approved', 'declined', 'failed'] })
  readonly outcome!: string;
  @ApiProperty({ description: 'In decimal units, tip included.' })
  readonly amount!: number;
}

class PaymentDetailsResponse {
  @ApiProperty({
    ...{ type: String, format: 'date-time', nullable: true },
    description: 'When the terminal first said that it has the request in its journal.',
  })
  readonly receivedAt: string | null;
  @ApiProperty({
    ...{ type: String, format: 'date-time', nullable: true },
    description: 'When the approval of the card network reached the platform; null: no terminal reported one.',
  })
  readonly authorisedAt: string | null;
  @ApiProperty({ type: DoneByResponse, nullable: true, description: 'null: older versions did not keep it.' })
  readonly requestedBy: DoneByResponse | null;
  @ApiProperty({ type: DoneByResponse, nullable: true, description: 'Who took it back, if it was not the terminal.' })
  readonly cancelledBy: DoneByResponse | null;
  @ApiProperty({ description: 'Of an approved purchase, in decimal units: what went back to the card.' })
  readonly givenBack: number;
  @ApiProperty({ description: 'In decimal units: refunds of it that are under way, or whose end is not known.' })
  readonly givingBack: number;
  @ApiProperty({ type: ResolutionResponse, nullable: true, description: 'Who settled it by hand, and why.' })
  readonly resolution: ResolutionResponse | null;
  @ApiProperty({
    ...{ type: ContradictionResponse, nullable: true },
    description: 'What the terminal reported against the final status, which stands.',
  })
  readonly contradiction: ContradictionResponse | null;

  constructor(view: PaymentDetailsView) {
    const { requestedBy, cancelledBy, givenBack, givingBack, resolution, contradiction } = view;
    this.receivedAt = view.receivedAt?.toISOString() ?? null;
    this.authorisedAt = view.authorisedAt?.toISOString() ?? null;
    this.requestedBy = requestedBy;
    this.cancelledBy = cancelledBy;
    this.givenBack = givenBack / 100;
    this.givingBack = givingBack / 100;
    this.resolution = resolution;
    this.contradiction = contradiction && { ...contradiction, amount: contradiction.amount / 100 };
  }
}

/** What is no part of the payment as a till knows it: for people. */
@ApiTags('Console')
@Controller('console/v1/payments')
export class PaymentDetailsController {
  constructor(private readonly details: PaymentDetails) {}

  @Get(':id/details')
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({
    summary: 'Who asked for it, when the terminal got it, what was given back, who took it back or settled it by hand',
  })
  @ApiOkResponse({ type: PaymentDetailsResponse })
  async read(@CurrentCaller() { accountId }: Caller, @Param('id') id: string): Promise<PaymentDetailsResponse> {
    return new PaymentDetailsResponse(await this.details.of(accountId, id));
  }
}
