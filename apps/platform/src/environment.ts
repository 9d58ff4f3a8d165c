import { each, Is, isHost, isOrigin, isOwnUrl, isProxy, isServiceUrl, logLevels, Whole } from '#environment';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

const port = { message: 'must be a whole number from 1 to 65535' };
const metricsPort = { message: 'must be a whole number from 0 to 65535; 0 takes any free port' };

const requests = { message: 'must be a whole number of requests from 1 on' };

/** Every variable that the platform reads. */
export class Environment {
  @IsOptional()
  @Is(isServiceUrl('postgres', 'postgresql'), 'must be postgres://user:password@host:port/database')
  DATABASE_URL?: string;

  @IsOptional()
  @Is(isServiceUrl('amqp', 'amqps'), 'must be amqp://user:password@host:port')
  BROKER_URL?: string;

  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/, { message: 'must be up to 40 of a-z 0-9 -' })
  BROKER_PREFIX?: string;

  @IsOptional() @Is(isHost, 'must be a name or an IP address of this machine') HOST?: string;
  @IsOptional() @Whole @IsInt(port) @Min(1, port) @Max(65_535, port) PORT?: number;
  @IsOptional() @Whole @IsInt(metricsPort) @Min(0, metricsPort) @Max(65_535, metricsPort) METRICS_PORT?: number;
  @IsOptional() @IsString() TILLGATE_HOME?: string;

  @IsOptional()
  @Is(isOwnUrl('http', 'https'), 'must be an address such as https://pay.example.com, without a path')
  PUBLIC_URL?: string;

  @IsOptional()
  @Is(isOwnUrl('ws', 'wss'), 'must be an address such as wss://pay.example.com, without a path')
  GATEWAY_URL?: string;

  @IsOptional() @IsIn(['true', 'false'], { message: 'must be true or false' }) GATEWAY_EMBEDDED?: string;

  @IsOptional()
  @Is(each(isProxy), 'must be IP addresses, ranges such as 10.0.0.0/8, loopback, linklocal or uniquelocal, with commas')
  TRUSTED_PROXIES?: string;

  @IsOptional()
  @Is(each(isOrigin), 'must be origins such as https://shop.example.com, without a slash at the end, with commas')
  ALLOWED_ORIGINS?: string;

  @IsOptional()
  @Is(each(isHost), 'must be host names or addresses such as hooks.internal, with commas')
  WEBHOOK_ALLOWED_HOSTS?: string;

  @IsOptional() @Whole @IsInt(requests) @Min(1, requests) @Max(999_999_999, requests) RATE_LIMIT_AT_ONCE?: number;
  @IsOptional() @Whole @IsInt(requests) @Min(1, requests) @Max(999_999_999, requests) RATE_LIMIT_WAITING?: number;
  @IsOptional() @Whole @IsInt(requests) @Min(1, requests) @Max(999_999_999, requests) RATE_LIMIT_MINUTE?: number;
  @IsOptional() @Whole @IsInt(requests) @Min(1, requests) @Max(999_999_999, requests) RATE_LIMIT_HOUR?: number;
  @IsOptional() @IsString() TILLGATE_SECRETS_FILE?: string;
  @IsOptional() @IsIn(['0', '1'], { message: 'must be 0 or 1' }) TILLGATE_DEMO?: string;

  @IsOptional()
  @IsIn(logLevels, { message: 'must be debug, info, warn, error or silent' })
  LOG_LEVEL?: (typeof logLevels)[number];
}
