import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';

export class SetApiModeRequest {
  @ApiProperty({ description: 'On: devices that log in register themselves and take payments from the POS.' })
  @IsBoolean()
  enabled!: boolean;
}

export class ApiModeResponse {
  @ApiProperty()
  readonly enabled: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null until it is switched first.' })
  readonly changedAt: string | null;

  constructor(mode: { readonly enabled: boolean; readonly changedAt: Date | null }) {
    this.enabled = mode.enabled;
    this.changedAt = mode.changedAt?.toISOString() ?? null;
  }
}
