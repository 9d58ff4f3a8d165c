import 'reflect-metadata';
import { resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';

/** The environment does not say how to run; the message names the variable and what to do. */
export class ConfigurationError extends Error {}

const port = { message: 'must be a whole number from 0 to 65535' };
const toNumber = Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : Number(value)));
const http = { message: 'must be an address such as https://pay.example.com, without a path' };

/** Every variable that the platform reads. */
class Environment {
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must be postgres://user:password@host:port/database' })
  DATABASE_URL?: string;

  @IsOptional()
  @Matches(/^amqps?:\/\/.+/, { message: 'must be amqp://user:password@host:port' })
  BROKER_URL?: string;

  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/, { message: 'must be up to 40 of a-z 0-9 -' })
  BROKER_PREFIX?: string;

  @IsOptional() @IsString() HOST?: string;
  @IsOptional() @toNumber @IsInt(port) @Min(0, port) @Max(65_535, port) PORT?: number;
  @IsOptional() @toNumber @IsInt(port) @Min(0, port) @Max(65_535, port) METRICS_PORT?: number;
  @IsOptional() @IsString() TILLGATE_HOME?: string;
  @IsOptional() @Matches(/^https?:\/\/[^/?#]+\/?$/, http) PUBLIC_URL?: string;
  @IsOptional()
  @Matches(/^wss?:\/\/[^/?#]+\/?$/, { message: 'must be an address such as wss://pay.example.com' })
  GATEWAY_URL?: string;

  @IsOptional() @IsIn(['true', 'false'], { message: 'must be true or false' }) GATEWAY_EMBEDDED?: string;
  @IsOptional() @IsString() TRUSTED_PROXIES?: string;
  @IsOptional() @IsString() ALLOWED_ORIGINS?: string;
  @IsOptional() @IsString() TILLGATE_SECRETS_FILE?: string;
  @IsOptional() @IsIn(['0', '1'], { message: 'must be 0 or 1' }) TILLGATE_DEMO?: string;
  @IsOptional()
  @IsIn(['debug', 'info', 'warn', 'error', 'silent'], { message: 'must be debug, info, warn, error or silent' })
  LOG_LEVEL?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export interface PlatformConfig {
  /** Null: embedded. */
  readonly databaseUrl: string | null;
  readonly brokerUrl: string | null;
  readonly brokerPrefix: string;
  readonly host: string;
  readonly port: number;
  /** Null: no metrics are served. */
  readonly metricsPort: number | null;
  /** Absolute. */
  readonly home: string;
  readonly publicUrl: string;
  /** The origins under which devices and browsers may reach this platform. */
  readonly origins: readonly string[];
  readonly gatewayUrl: string;
  readonly gatewayEmbedded: boolean;
  readonly trustedProxies: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly secretsFile: string;
  /** Whether a missing secrets file is made: with several processes they must share one that exists. */
  readonly makeSecrets: boolean;
  readonly demo: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Reads the environment once. Throws ConfigurationError. */
export function readConfig(env: NodeJS.ProcessEnv): PlatformConfig {
  const e = validated(env);
  const host = e.HOST ?? '127.0.0.1';
  const listenPort = e.PORT ?? 8080;
  const publicUrl = (e.PUBLIC_URL ?? `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${listenPort}`).replace(
    /\/$/,
    '',
  );
  const home = resolve(e.TILLGATE_HOME ?? '.tillgate');
  const gatewayHost = (e.GATEWAY_URL ?? publicUrl.replace(/^http/, 'ws')).replace(/\/$/, '');
  requireSharedParts(e);
  return {
    databaseUrl: e.DATABASE_URL ?? null,
    brokerUrl: e.BROKER_URL ?? null,
    brokerPrefix: e.BROKER_PREFIX ?? 'tillgate',
    host,
    port: listenPort,
    metricsPort: e.METRICS_PORT ?? null,
    home,
    publicUrl,
    origins: originsOf([publicUrl, gatewayHost.replace(/^ws/, 'http')]),
    gatewayUrl: `${gatewayHost}/device/v1/connect`,
    gatewayEmbedded: e.GATEWAY_EMBEDDED !== 'false',
    trustedProxies: listOf(e.TRUSTED_PROXIES),
    allowedOrigins: listOf(e.ALLOWED_ORIGINS),
    secretsFile: resolve(e.TILLGATE_SECRETS_FILE ?? `${home}/secrets.json`),
    makeSecrets: e.BROKER_URL === undefined && e.TILLGATE_SECRETS_FILE === undefined,
    demo: e.TILLGATE_DEMO === '1',
    logLevel: e.LOG_LEVEL ?? 'info',
  };
}

function validated(env: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, given);
  const [wrong] = validateSync(environment, { stopAtFirstError: true });
  if (!wrong) return environment;
  const problem = Object.values(wrong.constraints ?? {})[0] ?? 'is not valid';
  throw new ConfigurationError(`${wrong.property} ${problem.replace(`${wrong.property} `, '')}`);
}

function requireSharedParts(e: Environment): void {
  if (e.BROKER_URL === undefined) {
    if (e.GATEWAY_EMBEDDED === 'false') {
      throw new ConfigurationError(
        'GATEWAY_EMBEDDED=false needs BROKER_URL: a gateway of its own is reached through the broker',
      );
    }
    return;
  }
  if (e.TILLGATE_SECRETS_FILE === undefined) {
    throw new ConfigurationError(
      'TILLGATE_SECRETS_FILE is required with BROKER_URL, for all processes share one; make it with: npx tillgate secrets FILE',
    );
  }
}

/** A loopback address is reached by its names as well. */
function originsOf(urls: readonly string[]): string[] {
  const origins = urls.flatMap((url) => {
    const { protocol, hostname, port: at, origin } = new URL(url);
    const suffix = at === '' ? '' : `:${at}`;
    const loopback = ['127.0.0.1', 'localhost', '[::1]'];
    return loopback.includes(hostname) ? loopback.map((name) => `${protocol}//${name}${suffix}`) : [origin];
  });
  return [...new Set(origins)];
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
