import { IsEmail, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';

const byPassword = (body: LogInRequest): boolean => body.email !== undefined || body.password !== undefined;

/** A PIN, or e-mail and password. */
export class LogInRequest {
  @ValidateIf((body: LogInRequest) => !byPassword(body) || body.pin !== undefined)
  @Matches(/^\d{4,10}$/, { message: 'must be 4 to 10 digits; or send email and password' })
  pin?: string;

  @ValidateIf(byPassword)
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @ValidateIf(byPassword)
  @IsString()
  @Length(1, 256)
  password?: string;
}
