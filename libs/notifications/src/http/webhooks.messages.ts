import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type PublicEventType, publicEventTypes } from '../public-event.js';
import type { AttemptView, DeliveryAbout, DeliveryView, WebhookView } from '../queries/webhook-list.js';
import { IsMoment, MayBeLeftOut } from './fields.js';

const printable = /^\P{Cc}*$/u;
const printableMessage = { message: 'has characters that cannot be printed' };
const typesMessage = { each: true, message: `must be one or several of ${publicEventTypes.join(', ')}` };

export class ChangeWebhookRequest {
  @ApiPropertyOptional({ example: 'https://pos.example/hooks', description: 'HTTPS, to a public address.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2048)
  url?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  @Matches(printable, printableMessage)
  description?: string;

  @ApiPropertyOptional({ enum: publicEventTypes, isArray: true, default: ['cardTransaction', 'terminalCancel'] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(publicEventTypes.length)
  @ArrayUnique()
  @IsIn(publicEventTypes, typesMessage)
  types?: PublicEventType[];

  @ApiPropertyOptional() @MayBeLeftOut() @IsBoolean() enabled?: boolean;
}

export class NewWebhookRequest {
  @ApiProperty({ example: 'https://pos.example/hooks', description: 'HTTPS, to a public address.' })
  @IsString()
  @MaxLength(2048)
  url!: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  @Matches(printable, printableMessage)
  description?: string;

  @ApiPropertyOptional({ enum: publicEventTypes, isArray: true, default: ['cardTransaction', 'terminalCancel'] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(publicEventTypes.length)
  @ArrayUnique()
  @IsIn(publicEventTypes, typesMessage)
  types?: PublicEventType[];
}

export class DeliveriesQuery {
  @ApiPropertyOptional({ enum: ['pending', 'delivered', 'failed'] })
  @IsOptional()
  @IsIn(['pending', 'delivered', 'failed'])
  state?: string;

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

export class RedeliverRequest {
  @ApiProperty({ format: 'date-time', description: 'Deliveries made from this moment on.' })
  @IsMoment()
  from!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Made before this moment; left out: up to now.' })
  @MayBeLeftOut()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({ enum: ['failed', 'delivered'], description: 'Left out: both.' })
  @MayBeLeftOut()
  @IsIn(['failed', 'delivered'])
  state?: 'failed' | 'delivered';
}

export class WebhookResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly url: string;
  @ApiProperty() readonly description: string;
  @ApiProperty({ enum: publicEventTypes, isArray: true }) readonly types: readonly string[];
  @ApiProperty() readonly enabled: boolean;
  @ApiProperty({ type: String, nullable: true, enum: ['by_user', 'gone', 'failing'] })
  readonly disabledReason: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly failingSince: string | null;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;

  constructor(webhook: WebhookView) {
    this.id = webhook.id;
    this.url = webhook.url;
    this.description = webhook.description;
    this.types = webhook.types;
    this.enabled = webhook.enabled;
    this.disabledReason = webhook.disabledReason;
    this.failingSince = webhook.failingSince?.toISOString() ?? null;
    this.createdAt = webhook.createdAt.toISOString();
  }
}

export class NewWebhookResponse extends WebhookResponse {
  @ApiProperty({ description: 'Plain base64. Shown this once; every delivery is signed with it.' })
  readonly secret: string;

  constructor(webhook: WebhookView, secret: string) {
    super(webhook);
    this.secret = secret;
  }
}

export class WebhooksResponse {
  @ApiProperty({ type: [WebhookResponse] }) readonly data!: readonly WebhookResponse[];
  @ApiProperty({ type: Number, nullable: true }) readonly next!: null;
}

export class RotatedSecretResponse {
  @ApiProperty() readonly secret!: string;
  @ApiProperty({ format: 'date-time', description: 'Until then the old secret signs too.' })
  readonly previousUntil!: string;
}

class AttemptResponse implements AttemptView {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'null: there was no answer.' })
  readonly status!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'What went wrong, in a few words.' })
  readonly problem!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'How the body of the answer begins, on one line.' })
  readonly body!: string | null;
  @ApiProperty({ description: 'Milliseconds from the request to the head of the answer.' }) readonly tookMs!: number;
}

export class DeliveryResponse {
  @ApiProperty() readonly id: number;
  @ApiProperty({ example: 'msg_01a2071b601d708bb481acd76202e63f' }) readonly messageId: string;
  @ApiProperty() readonly type: string;
  @ApiProperty({ enum: ['pending', 'delivered', 'failed'] }) readonly state: string;
  @ApiProperty({ description: 'The body as it is sent.' }) readonly request: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly nextTryAt: string | null;
  @ApiProperty({ type: [AttemptResponse] }) readonly attempts: readonly AttemptResponse[];

  constructor(delivery: DeliveryView) {
    this.id = delivery.id;
    this.messageId = delivery.messageId;
    this.type = delivery.type;
    this.state = delivery.state;
    this.request = delivery.body;
    this.createdAt = delivery.createdAt.toISOString();
    this.nextTryAt = delivery.dueAt?.toISOString() ?? null;
    this.attempts = delivery.attempts;
  }
}

export class DeliveryOfPaymentResponse extends DeliveryResponse {
  @ApiProperty({ format: 'uuid' }) readonly webhookId: string;
  @ApiProperty() readonly url: string;

  constructor({ webhookId, url, ...delivery }: DeliveryAbout) {
    super(delivery);
    [this.webhookId, this.url] = [webhookId, url];
  }
}

export class DeliveriesResponse {
  @ApiProperty({ type: [DeliveryResponse] }) readonly data!: readonly DeliveryResponse[];
  @ApiProperty({ type: Number, nullable: true, description: 'Pass it as `after`; null: there are no older ones.' })
  readonly next!: number | null;
}
