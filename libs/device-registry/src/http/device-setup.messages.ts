import { Type } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { keyCoordinate } from '../application/device-proof.js';

const version = /^\d{1,4}\.\d{1,4}\.\d{1,4}([-+][0-9A-Za-z.-]{1,30})?$/;
const setUpCode = { form: /^[A-Za-z]{4}[ -]?[A-Za-z]{4}$/, message: 'must be 8 letters, such as BCDF-GHJK' };
const coordinate = { message: 'must be 32 bytes in base64url, 43 characters' };

export class PublicKeyRequest {
  @IsIn(['EC']) kty!: 'EC';
  @IsIn(['P-256']) crv!: 'P-256';
  @Matches(keyCoordinate, coordinate) x!: string;
  @Matches(keyCoordinate, coordinate) y!: string;
}

export class SetUpRequest {
  @Matches(/^[A-Za-z0-9-]{4,40}$/, { message: 'must be 4 to 40 letters, digits or hyphens' }) serialNumber!: string;
  @Matches(/^[\w .+-]{1,40}$/, { message: 'must be 1 to 40 letters, digits, spaces or .+-_' }) model!: string;
  @Matches(version, { message: 'must be a version such as 1.4.0' }) appVersion!: string;
  @IsObject() @ValidateNested() @Type(() => PublicKeyRequest) publicKey!: PublicKeyRequest;
  @IsOptional() @Matches(setUpCode.form, setUpCode) setupCode?: string;
}

export class NetworkCheckRequest {
  /** ISO 8601, what the device's clock says. */
  @IsISO8601() @MaxLength(40) deviceTime!: string;
}

export class AppInstallationRequest {
  @Matches(version, { message: 'must be a version such as 1.4.0' }) appVersion!: string;
}

const byPassword = ({ email, password, setupCode }: BindingRequest): boolean =>
  email !== undefined || password !== undefined || setupCode === undefined;

/** E-mail address and password of an administrator or manager, or a set-up code. */
export class BindingRequest {
  @ValidateIf(byPassword) @IsEmail() @MaxLength(254) email?: string;
  @ValidateIf(byPassword) @IsString() @Length(1, 256) password?: string;
  @IsOptional() @Matches(setUpCode.form, setUpCode) setupCode?: string;
}
