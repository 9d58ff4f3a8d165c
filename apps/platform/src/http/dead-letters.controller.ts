import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequiresAdministrator } from '#http-door';
import { type DeadLetter, DeadLetters } from '#messaging';

/** Why it failed is for who runs the platform (`tillgate events dead-letters`): it may tell of its inside. */
class DeadLetterResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty({ nullable: true, example: 'PaymentApproved' }) readonly event: string | null;
  @ApiProperty({ description: 'The part of the platform that could not take it.' }) readonly subscriber: string;
  @ApiProperty({ format: 'date-time' }) readonly diedAt: string;
  @ApiProperty({ description: 'Another try was asked for and has not begun.' }) readonly retrying: boolean;

  constructor({ id, event, subscriber, diedAt, retrying }: DeadLetter) {
    [this.id, this.event, this.subscriber] = [id, event, subscriber];
    [this.diedAt, this.retrying] = [diedAt.toISOString(), retrying];
  }
}

class DeadLettersResponse {
  @ApiProperty({ type: [DeadLetterResponse], description: 'The oldest first, at most 100.' })
  readonly data: readonly DeadLetterResponse[];

  constructor(letters: readonly DeadLetter[]) {
    this.data = letters.map((letter) => new DeadLetterResponse(letter));
  }
}

class RetriedResponse {
  @ApiProperty({ description: 'What will be tried again within seconds, once.' }) readonly retrying: number;

  constructor(retrying: number) {
    this.retrying = retrying;
  }
}

/** What happened in the account and a part of the platform could not take in. */
@ApiTags('Console')
@Controller('console/v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @RequiresAdministrator()
  @ApiOperation({ summary: 'What was put aside after it failed too often' })
  @ApiOkResponse({ type: DeadLettersResponse })
  async all(@CurrentCaller() { accountId }: Caller): Promise<DeadLettersResponse> {
    return new DeadLettersResponse(await this.deadLetters.list(accountId));
  }

  @Post('retry')
  @HttpCode(202)
  @RequiresAdministrator()
  @ApiOperation({ summary: 'Try all of it again' })
  @ApiAcceptedResponse({ type: RetriedResponse })
  async retry(@CurrentCaller() { accountId }: Caller): Promise<RetriedResponse> {
    return new RetriedResponse(await this.deadLetters.retry(accountId));
  }
}
