import { resolve } from 'node:path';
import { ConfigurationError, listOf, type logLevels, originsOf, reachable, readEnvironment } from '#environment';
import { Environment } from './environment.js';
import type { Limits } from './rate-limits/budget.js';

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
  /** Hosts of webhooks that may be private and without TLS. */
  readonly webhookHosts: readonly string[];
  /** Requests of one account. */
  readonly rateLimits: Limits;
  readonly secretsFile: string;
  /** Whether a missing secrets file is made: with several processes they must share one that exists. */
  readonly makeSecrets: boolean;
  readonly demo: boolean;
  readonly logLevel: (typeof logLevels)[number];
}

/** Where the receiver of a developer listens. */
const loopbackHosts = ['localhost', '127.0.0.1', '::1'];

/** Reads the environment once. Throws ConfigurationError. */
export function readConfig(env: NodeJS.ProcessEnv): PlatformConfig {
  const e = readEnvironment(Environment, env);
  const host = e.HOST ?? '127.0.0.1';
  const listenPort = e.PORT ?? 8080;
  const publicUrl = withoutSlash(e.PUBLIC_URL ?? `http://${reachable(host)}:${listenPort}`);
  const home = resolve(e.TILLGATE_HOME ?? '.tillgate');
  const gatewayHost = withoutSlash(e.GATEWAY_URL ?? publicUrl.replace(/^http/, 'ws'));
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
    origins: originsOf([publicUrl, gatewayHost]),
    gatewayUrl: `${gatewayHost}/device/v1/connect`,
    gatewayEmbedded: e.GATEWAY_EMBEDDED !== 'false',
    trustedProxies: listOf(e.TRUSTED_PROXIES),
    allowedOrigins: listOf(e.ALLOWED_ORIGINS),
    webhookHosts: [...listOf(e.WEBHOOK_ALLOWED_HOSTS), ...(e.TILLGATE_DEMO === '1' ? loopbackHosts : [])],
    rateLimits: {
      atOnce: e.RATE_LIMIT_AT_ONCE ?? 50,
      waiting: e.RATE_LIMIT_WAITING ?? 1_000,
      minute: e.RATE_LIMIT_MINUTE ?? 1_000,
      hour: e.RATE_LIMIT_HOUR ?? 30_000,
    },
    secretsFile: resolve(e.TILLGATE_SECRETS_FILE ?? `${home}/secrets.json`),
    makeSecrets: e.BROKER_URL === undefined && e.TILLGATE_SECRETS_FILE === undefined,
    demo: e.TILLGATE_DEMO === '1',
    logLevel: e.LOG_LEVEL ?? 'info',
  };
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

const withoutSlash = (url: string): string => url.replace(/\/$/, '');
