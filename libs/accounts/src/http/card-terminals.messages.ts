import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { CardTerminalStatus, CardTerminalView } from '../queries/card-terminals.js';

const currencies = ['CAD', 'USD'] as const;
const statuses = ['ACTIVE', 'INACTIVE'] as const;

export class CardTerminalsQuery {
  @ApiPropertyOptional({ enum: currencies })
  @IsOptional()
  @IsIn(currencies, { message: 'must be CAD or USD' })
  currency?: CardTerminalView['currency'];

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses, { message: 'must be ACTIVE or INACTIVE' })
  status?: CardTerminalStatus;
}

export class CardTerminalResponse {
  @ApiProperty({ example: 101 }) readonly id: number;
  @ApiProperty({ description: 'The name of the account.' }) readonly nickname: string;
  @ApiProperty({ enum: currencies }) readonly currency: CardTerminalView['currency'];
  @ApiProperty({ enum: statuses }) readonly status: CardTerminalStatus;

  constructor(terminal: CardTerminalView) {
    this.id = terminal.id;
    this.nickname = terminal.nickname;
    this.currency = terminal.currency;
    this.status = terminal.status;
  }
}
