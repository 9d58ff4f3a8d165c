import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayMetrics, TerminalWsAdapter } from '#device-gateway';
import { connectSubscribers, MessagingHealth } from '#messaging';
import { JsonLogger, Metrics, serveMetrics } from '#observability';
import { Gauge } from 'prom-client';
import { ConfigurationError } from '#environment';
import { ErrorFilter } from './http/error.filter.js';
import { KnownRoutes } from './http/known-routes.js';
import { fastifyAdapter, observe } from './http/server.js';
import { describeApi } from './openapi.js';
import type { PlatformConfig } from './platform.config.js';
import { PlatformModule } from './platform.module.js';
import { serveScreens } from './screens/screens.js';
import { systemCode } from './system-code.js';
import type { Surroundings } from './wiring/settings.module.js';

export interface RunningPlatform {
  readonly app: NestFastifyApplication;
  /** Drains and stops everything that was started here. */
  stop(): Promise<void>;
}

/** Starts the platform; resolves when it takes requests. */
export async function startPlatform(surroundings: Surroundings): Promise<RunningPlatform> {
  const { config } = surroundings;
  const logger = new JsonLogger(config.logLevel);
  const metrics = new Metrics();
  const adapter = fastifyAdapter(config);
  const routes = KnownRoutes.of(adapter);
  observe(adapter, logger, metrics);
  const options = { logger, bodyParser: false, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(PlatformModule.in(surroundings), adapter, options);
  await app.register(helmet, { contentSecurityPolicy: { directives: policyOf(config) } });
  app.useGlobalFilters(new ErrorFilter(routes));
  describeApi(app);
  await serveScreens(app);
  measureMessaging(app.get(MessagingHealth), metrics);
  if (config.gatewayEmbedded) app.get(GatewayMetrics, { strict: false }).registerIn(metrics.registry);
  if (config.gatewayEmbedded) app.useWebSocketAdapter(new TerminalWsAdapter(app));
  connectSubscribers(app);
  await app.startAllMicroservices();
  await listening('PORT', app.listen(config.port, config.host));
  const metricsServer =
    config.metricsPort === null
      ? null
      : await listening('METRICS_PORT', serveMetrics(metrics, config.host, config.metricsPort));
  const stop = async (): Promise<void> => {
    await app.close();
    metricsServer?.close();
  };
  return { app, stop };
}

/** Pages load nothing from elsewhere, and speak to this platform and its gateway only. */
const policyOf = ({ gatewayUrl }: PlatformConfig) => ({
  connectSrc: ["'self'", new URL(gatewayUrl).origin],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
});

/** What the operating system says against an address is about a variable. */
async function listening<Server>(variable: 'PORT' | 'METRICS_PORT', server: Promise<Server>): Promise<Server> {
  try {
    return await server;
  } catch (error) {
    const reason = systemCode(error) ?? '';
    if (['EADDRINUSE', 'EACCES'].includes(reason))
      throw new ConfigurationError(`${variable} cannot be used: ${reason}`);
    if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(reason))
      throw new ConfigurationError(`HOST is no address of this machine: ${reason}`);
    throw error;
  }
}

const unknownFacts = { oldestUnsentSeconds: Number.NaN, unsent: Number.NaN, deadLetters: Number.NaN };

/** Asked for at each scrape, so that nothing runs while nobody looks. */
function measureMessaging(health: MessagingHealth, metrics: Metrics): void {
  const registers = [metrics.registry];
  const dead = new Gauge({ name: 'tillgate_dead_letters', help: 'Events that were put aside.', registers });
  const unsent = new Gauge({ name: 'tillgate_outbox_unsent', help: 'Events that wait to be published.', registers });
  new Gauge({
    name: 'tillgate_outbox_oldest_unsent_seconds',
    help: 'Age of the oldest event that waits to be published.',
    registers,
    async collect() {
      // Without the database these three are not known; the others are told all the same.
      const facts = await health.facts().catch(() => unknownFacts);
      this.set(facts.oldestUnsentSeconds);
      unsent.set(facts.unsent);
      dead.set(facts.deadLetters);
    },
  });
}
