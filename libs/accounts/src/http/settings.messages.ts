import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsObject, IsOptional, IsString, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import type { SettingsView } from '../queries/settings.js';

class TippingMessage {
  @ApiProperty({ type: [Number], example: [15, 18, 20], description: '1 to 5 whole numbers from 0 to 100.' })
  @IsArray()
  percentages!: number[];
}

/** What is left out stays as it is. */
export class ChangeSettingsRequest {
  @ApiPropertyOptional({ example: 'America/Toronto' }) @IsOptional() @IsString() @MaxLength(60) timeZone?: string;

  @ApiPropertyOptional({ minimum: 2, maximum: 60, description: 'Seconds until a prompt must be shown.' })
  @IsOptional()
  @IsInt()
  deliverWithin?: number;

  @ApiPropertyOptional({ minimum: 15, maximum: 300, description: 'Seconds to present a card.' })
  @IsOptional()
  @IsInt()
  payWithin?: number;

  @ApiPropertyOptional({ type: TippingMessage, nullable: true, description: 'Null: no tip unless a payment says so.' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => TippingMessage)
  tipping?: TippingMessage | null;

  @ApiPropertyOptional({ minimum: 7, maximum: 730, description: 'Days that events are kept.' })
  @IsOptional()
  @IsInt()
  retentionDays?: number;
}

export class SettingsResponse {
  @ApiProperty() readonly timeZone: string;
  @ApiProperty() readonly deliverWithin: number;
  @ApiProperty() readonly payWithin: number;
  @ApiProperty({ type: TippingMessage, nullable: true }) readonly tipping: SettingsView['tipping'];
  @ApiProperty() readonly retentionDays: number;

  constructor(settings: SettingsView) {
    this.timeZone = settings.timeZone;
    this.deliverWithin = settings.deliverWithin;
    this.payWithin = settings.payWithin;
    this.tipping = settings.tipping;
    this.retentionDays = settings.retentionDays;
  }
}
