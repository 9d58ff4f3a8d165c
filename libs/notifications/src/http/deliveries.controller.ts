import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Requires, strictBody } from '#http-door';
import { Redeliver } from '../application/redeliver.js';
import { WebhookList } from '../queries/webhook-list.js';
import { DeliveriesQuery, DeliveriesResponse, DeliveryResponse, RedeliverRequest } from './webhooks.messages.js';

const defaultLimit = 50;
/** No id is longer; a malformed one is one that does not exist. */
const idForm = /^\d{1,15}$/;

@ApiTags('Webhooks')
@Controller('v2/webhooks/:id')
export class DeliveriesController {
  constructor(
    private readonly redeliver: Redeliver,
    private readonly list: WebhookList,
  ) {}

  @Get('deliveries')
  @Requires({ settings: 'read' })
  @ApiOperation({ summary: 'What was sent to an endpoint and what it answered, newest first' })
  @ApiOkResponse({ type: DeliveriesResponse })
  async deliveries(
    @CurrentCaller() { accountId }: Caller,
    @Param('id') asked: string,
    @Query(strictBody) { state, after, limit = defaultLimit }: DeliveriesQuery,
  ): Promise<DeliveriesResponse> {
    const { id: webhookId } = await this.list.get(accountId, asked);
    const wanted = { accountId, webhookId, state: state ?? null, before: after ?? null, limit };
    const found = await this.list.deliveries(wanted);
    const next = found.length === limit ? (found.at(-1)?.id ?? null) : null;
    return { data: found.map((delivery) => new DeliveryResponse(delivery)), next };
  }

  @Post('deliveries/:deliveryId/redeliver')
  @HttpCode(202)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Send one again, under the same message id' })
  @ApiAcceptedResponse()
  async one(
    @CurrentCaller() { accountId }: Caller,
    @Param('id') asked: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<{ readonly redelivered: number }> {
    const { id } = await this.list.get(accountId, asked);
    await this.redeliver.one(accountId, id, idForm.test(deliveryId) ? Number(deliveryId) : 0);
    return { redelivered: 1 };
  }

  @Post('redeliver')
  @HttpCode(202)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Send again what was made in a span of time' })
  @ApiAcceptedResponse()
  async range(
    @CurrentCaller() { accountId }: Caller,
    @Param('id') asked: string,
    @Body(strictBody) { from, to, state }: RedeliverRequest,
  ): Promise<{ readonly redelivered: number }> {
    const { id } = await this.list.get(accountId, asked);
    const range = { from: new Date(from), to: to === undefined ? null : new Date(to), state: state ?? null };
    return { redelivered: await this.redeliver.range(accountId, id, range) };
  }

  @Post('test')
  @HttpCode(202)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Send a `webhook.test` event to this endpoint' })
  @ApiAcceptedResponse()
  async test(
    @CurrentCaller() { accountId }: Caller,
    @Param('id') asked: string,
  ): Promise<{ readonly deliveryId: number }> {
    const { id } = await this.list.get(accountId, asked);
    return { deliveryId: await this.redeliver.test(accountId, id) };
  }
}
