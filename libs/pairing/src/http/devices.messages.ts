import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { localDateTime } from '#http-door';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { DirectoryEntry } from '../queries/device-directory.js';

/** Digits only: what else JavaScript takes for a number (`1e2`, `0x10`, an empty text) is refused as no integer. */
const wholeNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

export class DevicesQuery {
  @ApiPropertyOptional({ description: 'A device code, or a part of one; upper or lower case.', maxLength: 4 })
  @IsOptional()
  @IsString()
  @MaxLength(4)
  @Matches(/^[0-9a-z]*$/i, { message: 'letters and digits only' })
  code?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 100 })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  @ApiPropertyOptional({ minimum: 0, default: 0, description: 'Devices to skip; not together with page.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset?: number;

  @ApiPropertyOptional({ minimum: 0, default: 0, description: 'Page from 0; not together with offset.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  page?: number;
}

export class ChangeDeviceRequest {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 80, description: 'For people; null: none.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 80, description: 'Where it stands; null: unknown.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  location?: string | null;
}

export class DisplayRequest {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MaxLength(200)
  text!: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 300, default: 10 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(300)
  seconds?: number;
}

export class DeviceResponse {
  @ApiProperty({ example: 'NB7X' }) readonly code: string;
  @ApiProperty({ example: '2026-02-09 14:08:08', description: "In the account's time zone." })
  readonly dateCreated: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty({ type: String, nullable: true }) readonly name: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly location: string | null;
  @ApiProperty() readonly serialNumber: string;
  @ApiProperty() readonly model: string;
  @ApiProperty() readonly appVersion: string;
  @ApiProperty({ enum: ['online', 'offline'] }) readonly status: 'online' | 'offline';
  @ApiProperty({ description: 'A payment may be sent to it.' }) readonly listening: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'What the screen shows.' }) readonly screen: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly offlineSince: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly lastSeenAt: string | null;
  @ApiProperty({ format: 'date-time', description: 'When status and listening were last known to be so.' })
  readonly asOf: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Per cent.' }) readonly battery: number | null;
  @ApiProperty() readonly locked: boolean;

  constructor(entry: DirectoryEntry, timeZone: string) {
    this.code = entry.code;
    this.dateCreated = localDateTime(entry.pairedAt, timeZone);
    this.createdAt = entry.pairedAt.toISOString();
    this.id = entry.id;
    this.name = entry.name;
    this.location = entry.location;
    this.serialNumber = entry.serialNumber;
    this.model = entry.model;
    this.appVersion = entry.appVersion;
    this.status = entry.online ? 'online' : 'offline';
    this.listening = entry.listening;
    this.screen = entry.screen;
    this.offlineSince = entry.offlineSince?.toISOString() ?? null;
    this.lastSeenAt = entry.lastSeenAt?.toISOString() ?? null;
    this.asOf = entry.asOf.toISOString();
    this.battery = entry.battery;
    this.locked = entry.locked;
  }
}
