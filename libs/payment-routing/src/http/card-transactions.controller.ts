import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { compatibleBody, CurrentCaller, InvalidRequestError, Requires } from '#http-door';
import { CardTransactions } from '../queries/card-transactions.js';
import { CardTransactionResponse, CardTransactionsQuery } from './card-transaction.messages.js';

const defaultLimit = 1000;
/** No id is longer; a malformed one is one that does not exist. */
const idForm = /^\d{1,15}$/;

@ApiTags('Card transactions')
@Controller('v2/card-transactions')
export class CardTransactionsController {
  constructor(private readonly transactions: CardTransactions) {}

  @Get()
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({ summary: 'Card transactions, newest first' })
  @ApiOkResponse({ type: [CardTransactionResponse] })
  async list(
    @CurrentCaller() caller: Caller,
    @Query(compatibleBody) query: CardTransactionsQuery,
  ): Promise<CardTransactionResponse[]> {
    const { limit = defaultLimit, page = 1, dateFrom, dateTo } = query;
    if (dateFrom !== undefined && dateTo !== undefined && dateTo < dateFrom) {
      throw new InvalidRequestError({ dateTo: 'must not be before dateFrom' });
    }
    const found = await this.transactions.list(caller.accountId, {
      dateFrom: realDay(dateFrom, 'dateFrom'),
      dateTo: realDay(dateTo, 'dateTo'),
      timeZone: caller.timeZone,
      search: query.search ?? null,
      customerCode: query.customerCode ?? null,
      invoiceNumber: query.invoiceNumber ?? null,
      cardToken: query.cardToken ?? null,
      cardBatchId: query.cardBatchId ?? null,
      limit,
      offset: (page - 1) * limit,
    });
    return found.map((one) => new CardTransactionResponse(one, caller.timeZone));
  }

  @Get(':id')
  @Requires({ general: 'read' }, { processing: 'positive_transaction' })
  @ApiOperation({ summary: 'One card transaction' })
  @ApiOkResponse({ type: CardTransactionResponse })
  async detail(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<CardTransactionResponse> {
    const found = await this.transactions.get(caller.accountId, idForm.test(id) ? Number(id) : 0);
    return new CardTransactionResponse(found, caller.timeZone);
  }
}

/** The 30th of February has the form of a day and is none; so have the days of a year 0. */
function realDay(day: string | undefined, field: string): string | null {
  if (day === undefined) return null;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || !date.toISOString().startsWith(day)) {
    throw new InvalidRequestError({ [field]: 'is not a day of the calendar' });
  }
  return day;
}
