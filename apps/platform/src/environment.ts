import 'reflect-metadata';
import { isIP } from 'node:net';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, ValidateBy, validateSync } from 'class-validator';

/** The environment does not say how to run; the message names the variable and what to do. */
export class ConfigurationError extends Error {}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Fails where the text has not the form, with a message that begins after the name of the variable. */
const Is = (form: (text: string) => boolean, message: string): PropertyDecorator =>
  ValidateBy({ name: 'form', validator: { validate: (value) => form(String(value)) } }, { message });

/** Scheme and host, with a port or without: nothing before the host and nothing after it. */
const isOwnUrl = (...schemes: readonly string[]) => {
  const form = new RegExp(`^(${schemes.join('|')})://[^/?#@\\s]+/?$`);
  return (text: string): boolean => form.test(text) && URL.canParse(text);
};

/** A service's URL, which may carry a user, a password and a path. */
const isServiceUrl = (...schemes: readonly string[]) => {
  const form = new RegExp(`^(${schemes.join('|')})://.+$`);
  return (text: string): boolean => form.test(text) && URL.canParse(text) && isPercentEncoded(text);
};

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Without a zone (`fe80::1%eth0`), which no URL can carry. */
const isPlainIp = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

const isHost = (text: string): boolean =>
  isPlainIp(text) || (/^[a-z0-9]([a-z0-9-.]*[a-z0-9])?$/i.test(text) && URL.canParse(`http://${text}`));

const proxyNames = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isProxy(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (proxyNames.has(text)) return true;
  const longest = isIP(address) === 4 ? 32 : 128;
  return isPlainIp(address) && rest.length === 0 && (prefix === undefined || isWhole(prefix, 1, longest));
}

const isWhole = (text: string, from: number, to: number): boolean =>
  /^\d{1,3}$/.test(text) && Number(text) >= from && Number(text) <= to;

const isOrigin = (text: string): boolean =>
  /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** The parts of a comma-separated list. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

const each =
  (form: (text: string) => boolean) =>
  (text: string): boolean =>
    listOf(text).every(form);

/** Digits only: what JavaScript takes for a number besides is a slip of the pen here. */
const Whole = Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value));
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

/** Checks each variable by itself; an empty one counts as not set. Throws ConfigurationError. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, given);
  const [wrong] = validateSync(environment, { stopAtFirstError: true });
  if (!wrong) return environment;
  const problem = Object.values(wrong.constraints ?? {})[0] ?? 'is not valid';
  throw new ConfigurationError(`${wrong.property} ${problem}`);
}
