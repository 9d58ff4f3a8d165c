import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayMetrics, TerminalWsAdapter } from '#device-gateway';
import { JsonLogger, Metrics, serveMetrics } from '#observability';
import type { GatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';

export interface RunningGateway {
  readonly app: NestFastifyApplication;
  /** Lets terminals finish what they are at, then stops everything that was started here. */
  stop(): Promise<void>;
}

/** Starts the gateway; resolves when it takes connections. */
export async function startGateway(config: GatewayConfig): Promise<RunningGateway> {
  const adapter = new FastifyAdapter({
    bodyLimit: 1_024,
    requestTimeout: 20_000,
    keepAliveTimeout: 5_000,
    forceCloseConnections: true,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.of(config), adapter, {
    logger: new JsonLogger(config.logLevel),
    bodyParser: false,
    abortOnError: false,
  });
  app.useWebSocketAdapter(new TerminalWsAdapter(app));
  const metrics = new Metrics();
  app.get(GatewayMetrics).registerIn(metrics.registry);
  await app.listen(config.port, config.host);
  const { host, metricsPort } = config;
  const metricsServer = metricsPort === null ? null : await serveMetrics(metrics, host, metricsPort);
  const stop = async (): Promise<void> => {
    await app.close();
    metricsServer?.close();
  };
  return { app, stop };
}
