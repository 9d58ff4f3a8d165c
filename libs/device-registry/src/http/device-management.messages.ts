import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import type { CreatedSetUpCode } from '../application/create-set-up-code.js';

export class RetireDeviceRequest {
  @ApiPropertyOptional({ default: false, description: 'Although a payment on the device has no result yet.' })
  @IsOptional()
  @IsBoolean()
  force?: boolean;
}

export class SetUpCodeResponse {
  @ApiProperty({ example: 'BCDF-GHJK', description: 'Shown this once; to be typed on the terminal.' })
  readonly setupCode: string;
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string;

  constructor({ setUpCode, expiresAt }: CreatedSetUpCode) {
    this.setupCode = setUpCode;
    this.expiresAt = expiresAt.toISOString();
  }
}
