import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { compatibleBody, CurrentCaller, Requires } from '#http-door';
import { CardTerminals } from '../queries/card-terminals.js';
import { CardTerminalResponse, CardTerminalsQuery } from './card-terminals.messages.js';

@ApiTags('Card terminals')
@Controller('v2/card-terminals')
export class CardTerminalsController {
  constructor(private readonly terminals: CardTerminals) {}

  @Get()
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({ summary: 'What the account takes cards with, and in which currency: one terminal, always active' })
  @ApiOkResponse({ type: [CardTerminalResponse] })
  async list(
    @CurrentCaller() { accountId }: Caller,
    @Query(compatibleBody) { currency, status }: CardTerminalsQuery,
  ): Promise<CardTerminalResponse[]> {
    const found = await this.terminals.list(accountId, { currency: currency ?? null, status: status ?? null });
    return found.map((terminal) => new CardTerminalResponse(terminal));
  }
}
