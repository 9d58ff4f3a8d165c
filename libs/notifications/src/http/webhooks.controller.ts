import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Requires, strictBody } from '#http-door';
import { ManageWebhooks } from '../application/manage-webhooks.js';
import { WebhookList } from '../queries/webhook-list.js';
import {
  ChangeWebhookRequest,
  NewWebhookRequest,
  NewWebhookResponse,
  RotatedSecretResponse,
  WebhookResponse,
  WebhooksResponse,
} from './webhooks.messages.js';

@ApiTags('Webhooks')
@Controller('v2/webhooks')
export class WebhooksController {
  constructor(
    private readonly manage: ManageWebhooks,
    private readonly list: WebhookList,
  ) {}

  @Get()
  @Requires({ settings: 'read' })
  @ApiOperation({ summary: 'The endpoints of the account' })
  @ApiOkResponse({ type: WebhooksResponse })
  async all(@CurrentCaller() { accountId }: Caller): Promise<WebhooksResponse> {
    const webhooks = await this.list.all(accountId);
    return { data: webhooks.map((webhook) => new WebhookResponse(webhook)), next: null };
  }

  @Post()
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'A new endpoint; without `types` it gets the two compatible ones' })
  @ApiCreatedResponse({ type: NewWebhookResponse })
  async create(
    @CurrentCaller() { accountId, actor: by }: Caller,
    @Body(strictBody) body: NewWebhookRequest,
  ): Promise<NewWebhookResponse> {
    const { webhook, secret } = await this.manage.create({ accountId, by }, body);
    return new NewWebhookResponse(webhook, secret);
  }

  @Get(':id')
  @Requires({ settings: 'read' })
  @ApiOperation({ summary: 'One endpoint' })
  @ApiOkResponse({ type: WebhookResponse })
  async detail(@CurrentCaller() { accountId }: Caller, @Param('id') id: string): Promise<WebhookResponse> {
    return new WebhookResponse(await this.list.get(accountId, id));
  }

  @Patch(':id')
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Change an endpoint; `enabled: true` takes up again what waits' })
  @ApiOkResponse({ type: WebhookResponse })
  async change(
    @CurrentCaller() { accountId, actor: by }: Caller,
    @Param('id') asked: string,
    @Body(strictBody) body: ChangeWebhookRequest,
  ): Promise<WebhookResponse> {
    const { id } = await this.list.get(accountId, asked);
    return new WebhookResponse(await this.manage.change({ accountId, by }, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'Remove an endpoint and its deliveries' })
  async remove(@CurrentCaller() { accountId, actor: by }: Caller, @Param('id') asked: string): Promise<void> {
    const { id } = await this.list.get(accountId, asked);
    await this.manage.remove({ accountId, by }, id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Requires({ settings: 'write' })
  @ApiOperation({ summary: 'A new secret; for a day the old one signs too' })
  @ApiOkResponse({ type: RotatedSecretResponse })
  async rotate(
    @CurrentCaller() { accountId, actor: by }: Caller,
    @Param('id') asked: string,
  ): Promise<RotatedSecretResponse> {
    const { id } = await this.list.get(accountId, asked);
    const { secret, previousUntil } = await this.manage.rotateSecret({ accountId, by }, id);
    return { secret, previousUntil: previousUntil.toISOString() };
  }
}
