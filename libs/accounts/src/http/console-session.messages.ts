import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class OpenConsoleSessionRequest {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @MaxLength(254)
  @MinLength(1)
  @IsString()
  email!: string;

  @ApiProperty({ format: 'password', maxLength: 128 })
  @MaxLength(128)
  @MinLength(1)
  @IsString()
  password!: string;
}
