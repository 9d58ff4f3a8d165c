import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InvalidFieldError } from '#kernel';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { inEnvelope, type PublicEventType, publicEventTypes } from '../public-event.js';
import type { LogPage } from '../queries/event-log-reader.js';

export class StreamQuery {
  @ApiPropertyOptional({ description: 'Only what comes after this sequence. 0: all that is kept.', example: 41 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @ApiPropertyOptional({
    description: 'Only these types, separated by commas.',
    example: 'payment.approved,payment.declined',
  })
  @IsOptional()
  @IsString()
  @MaxLength(800)
  types?: string;
}

export class EventsQuery extends StreamQuery {
  @ApiPropertyOptional({ description: 'Instead of `after`: what comes before this sequence, the newest first.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class EventResponse {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ enum: publicEventTypes }) readonly type!: string;
  @ApiProperty({ description: 'From 1 without gaps, for the account.' }) readonly sequence!: number;
  @ApiProperty({ format: 'date-time' }) readonly occurredAt!: string;
  @ApiProperty({ type: Object }) readonly data!: Readonly<Record<string, unknown>>;
}

export class EventsResponse {
  @ApiProperty({ type: [EventResponse] }) readonly data: readonly unknown[];
  @ApiProperty({
    description: 'Pass it as `after` to read on. Read backwards: pass it as `before`; 1: nothing older is kept.',
  })
  readonly next: number;

  constructor({ events, next }: LogPage) {
    this.data = events.map(inEnvelope);
    this.next = next;
  }
}

/** The types that a reader names; null when it names none and so wants all. */
export function wantedTypes(text: string | undefined): readonly PublicEventType[] | null {
  if (text === undefined || text === '') return null;
  const wanted = text.split(',').map((part) => publicEventTypes.find((type) => type === part.trim()));
  const known = wanted.filter((type) => type !== undefined);
  if (known.length < wanted.length) {
    throw new InvalidFieldError('types', `must be one or several of ${publicEventTypes.join(', ')}`);
  }
  return known;
}
