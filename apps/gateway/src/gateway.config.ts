import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';

/** The environment does not say how to run; the message names the variable and what to do. */
export class ConfigurationError extends Error {}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const number = (from: number, to: number) => ({ message: `must be a whole number from ${from} to ${to}` });
const port = number(0, 65_535);
const seconds = number(0, 3_600);
const toNumber = Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : Number(value)));

/** Every variable that the gateway reads. */
class Environment {
  @Matches(/^amqps?:\/\/.+/, { message: 'must be the broker of the platform, amqp://user:password@host:port' })
  readonly BROKER_URL: string = '';

  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/, { message: 'must be up to 40 of a-z 0-9 -, and the same as the platform has' })
  BROKER_PREFIX?: string;

  @Matches(/^https?:\/\/[^/?#]+\/?$/, {
    message: 'must be where this process reaches the platform, such as http://platform:8080, without a path',
  })
  readonly PLATFORM_URL: string = '';

  @IsOptional()
  @Matches(/^(http|ws)s?:\/\/[^/?#]+\/?$/, {
    message: 'must be an address such as https://pay.example.com, without a path',
  })
  PUBLIC_URL?: string;

  @IsOptional() @IsString() HOST?: string;
  @IsOptional() @toNumber @IsInt(port) @Min(0, port) @Max(65_535, port) PORT?: number;
  @IsOptional() @toNumber @IsInt(port) @Min(0, port) @Max(65_535, port) METRICS_PORT?: number;
  @IsOptional() @toNumber @IsInt(seconds) @Min(0, seconds) @Max(3_600, seconds) DRAIN_SECONDS?: number;
  @IsOptional() @IsString() ALLOWED_ORIGINS?: string;
  @IsOptional() @IsIn(logLevels, { message: `must be one of ${logLevels.join(', ')}` }) LOG_LEVEL?: LogLevel;
}

type LogLevel = (typeof logLevels)[number];

export interface GatewayConfig {
  readonly brokerUrl: string;
  readonly brokerPrefix: string;
  /** The platform's public keys for session tokens. */
  readonly keysUrl: URL;
  /** The origins under which devices reach this gateway. */
  readonly origins: readonly string[];
  readonly allowedBrowserOrigins: readonly string[];
  readonly host: string;
  readonly port: number;
  /** Null: no metrics are served. */
  readonly metricsPort: number | null;
  readonly drainMs: number;
  readonly logLevel: LogLevel;
}

/** Reads the environment once. Throws ConfigurationError. */
export function readConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const e = validated(env);
  const host = e.HOST ?? '127.0.0.1';
  const listenPort = e.PORT ?? 8081;
  const origins = originsOf(e.PUBLIC_URL ?? `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${listenPort}`);
  return {
    brokerUrl: e.BROKER_URL,
    brokerPrefix: e.BROKER_PREFIX ?? 'tillgate',
    keysUrl: new URL('/device/v1/keys', e.PLATFORM_URL),
    origins,
    allowedBrowserOrigins: [...origins, ...listOf(e.ALLOWED_ORIGINS)],
    host,
    port: listenPort,
    metricsPort: e.METRICS_PORT ?? null,
    drainMs: (e.DRAIN_SECONDS ?? 60) * 1000,
    logLevel: e.LOG_LEVEL ?? 'info',
  };
}

function validated(env: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, given);
  const [wrong] = validateSync(environment, { stopAtFirstError: true });
  if (!wrong) return environment;
  throw new ConfigurationError(`${wrong.property} ${Object.values(wrong.constraints ?? {})[0] ?? 'is not valid'}`);
}

/** A loopback address is reached by its names as well. */
function originsOf(url: string): string[] {
  const { protocol, hostname, port: at, origin } = new URL(url.replace(/^ws/, 'http'));
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  if (!loopback.includes(hostname)) return [origin];
  return loopback.map((name) => `${protocol}//${name}${at === '' ? '' : `:${at}`}`);
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
