import type { Caller } from '#http-door';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { ConsoleUser } from '../queries/console-user.js';

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

export class OwnPasswordRequest {
  @ApiProperty({ format: 'password', maxLength: 128, description: 'The one so far.' })
  @MaxLength(128)
  @MinLength(1)
  @IsString()
  currentPassword!: string;

  @ApiProperty({ format: 'password', minLength: 10, maxLength: 128 })
  @MaxLength(128)
  @IsString()
  password!: string;
}

export class ConsoleSessionResponse {
  @ApiProperty({ example: { id: '…', name: 'Ada', email: 'ada@shop.example', role: 'administrator' } })
  readonly user: { readonly id: string; readonly name: string; readonly email: string; readonly role: string | null };
  @ApiProperty({
    example: { id: '…', name: 'Corner Café', country: 'CA', currency: 'CAD', timeZone: '…', locale: 'en-CA' },
  })
  readonly account: Readonly<Record<'id' | 'name' | 'country' | 'currency' | 'timeZone' | 'locale', string>>;
  @ApiProperty({ example: { general: 'write', settings: 'write', processing: 'admin' } })
  readonly permissions: Caller['permissions'];
  @ApiProperty() readonly apiMode: boolean;

  constructor(caller: Caller, { email, country }: ConsoleUser) {
    const { accountId, accountName, actor, role, currency, timeZone } = caller;
    this.user = { id: actor.id, name: actor.name, email, role };
    this.account = { id: accountId, name: accountName, country, currency, timeZone, locale: `en-${country}` };
    this.permissions = caller.permissions;
    this.apiMode = caller.apiMode;
  }
}
