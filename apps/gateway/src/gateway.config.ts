import {
  each,
  Is,
  isHost,
  isOrigin,
  isOwnUrl,
  isServiceUrl,
  listOf,
  logLevels,
  originsOf,
  reachable,
  readEnvironment,
  Whole,
} from '#environment';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const number = (from: number, to: number) => ({ message: `must be a whole number from ${from} to ${to}` });
const port = number(1, 65_535);
const metricsPort = { message: 'must be a whole number from 0 to 65535; 0 takes any free port' };
const seconds = number(0, 3_600);

/** Every variable that the gateway reads. */
class Environment {
  @Is(isServiceUrl('amqp', 'amqps'), 'must be the broker of the platform, amqp://user:password@host:port')
  readonly BROKER_URL: string = '';

  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/, { message: 'must be up to 40 of a-z 0-9 -, and the same as the platform has' })
  BROKER_PREFIX?: string;

  @Is(
    isOwnUrl('http', 'https'),
    'must be where this process reaches the platform, such as http://platform:8080, without a path',
  )
  readonly PLATFORM_URL: string = '';

  @IsOptional()
  @Is(isOwnUrl('http', 'https', 'ws', 'wss'), 'must be an address such as https://pay.example.com, without a path')
  PUBLIC_URL?: string;

  @IsOptional() @Is(isHost, 'must be a name or an IP address of this machine') HOST?: string;
  @IsOptional() @Whole @IsInt(port) @Min(1, port) @Max(65_535, port) PORT?: number;
  @IsOptional() @Whole @IsInt(metricsPort) @Min(0, metricsPort) @Max(65_535, metricsPort) METRICS_PORT?: number;
  @IsOptional() @Whole @IsInt(seconds) @Min(0, seconds) @Max(3_600, seconds) DRAIN_SECONDS?: number;

  @IsOptional()
  @Is(each(isOrigin), 'must be origins such as https://shop.example.com, without a slash at the end, with commas')
  ALLOWED_ORIGINS?: string;

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
  const e = readEnvironment(Environment, env);
  const host = e.HOST ?? '127.0.0.1';
  const listenPort = e.PORT ?? 8081;
  const origins = originsOf([e.PUBLIC_URL ?? `http://${reachable(host)}:${listenPort}`]);
  return {
    brokerUrl: e.BROKER_URL,
    brokerPrefix: e.BROKER_PREFIX ?? 'tillgate',
    keysUrl: new URL('/device/v1/keys', e.PLATFORM_URL),
    origins,
    // The platform serves a terminal page, which connects here.
    allowedBrowserOrigins: [...origins, ...originsOf([e.PLATFORM_URL]), ...listOf(e.ALLOWED_ORIGINS)],
    host,
    port: listenPort,
    metricsPort: e.METRICS_PORT ?? null,
    drainMs: (e.DRAIN_SECONDS ?? 60) * 1000,
    logLevel: e.LOG_LEVEL ?? 'info',
  };
}
