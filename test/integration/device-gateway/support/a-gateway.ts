import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTVerifyGetKey } from 'jose';
import { DeviceGatewayModule, DeviceGatewaySettings, GatewayLimits, Links, TerminalWsAdapter } from '#device-gateway';
import { Clock, newId, SystemClock } from '#kernel';
import { EventPublisher, NodeMail } from '#messaging/broker';
import type { PlatformFrame } from '#terminal-protocol';
import { FakeMail, FakePublisher } from './fake-broker.js';

export const allowedBrowser = 'https://terminal.example';

export interface TestGateway {
  readonly app: NestFastifyApplication;
  readonly port: number;
  readonly origin: string;
  readonly node: string;
  readonly publisher: FakePublisher;
  readonly limits: GatewayLimits;
  readonly links: Links;
  /** The platform's key for session tokens. */
  readonly signingKey: CryptoKey;
  /** What another context says to a connection. */
  say(connectionId: string, frame: PlatformFrame): void;
  stop(): Promise<void>;
}

interface Wishes {
  readonly limits?: Partial<GatewayLimits>;
  readonly drainMs?: number;
  readonly sessionKeys?: JWTVerifyGetKey;
}

/** A gateway on a free port, with a broker in memory and a platform that is this test. */
export async function aGateway({ limits = {}, drainMs = 0, sessionKeys }: Wishes = {}): Promise<TestGateway> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
  const publisher = new FakePublisher();
  const mail = new FakeMail();
  const origins: string[] = [];
  const node = randomUUID();
  const settings: DeviceGatewaySettings = {
    node,
    origins,
    allowedBrowserOrigins: [allowedBrowser],
    sessionKeys: sessionKeys ?? keys,
    drainMs,
  };
  const globals = [
    { provide: Clock, useClass: SystemClock },
    { provide: EventPublisher, useValue: publisher },
    { provide: NodeMail, useValue: mail },
    { provide: DeviceGatewaySettings, useValue: settings },
  ];
  @Global()
  @Module({ providers: globals, exports: globals.map(({ provide }) => provide) })
  class Globals {}
  const ourLimits = Object.assign(new GatewayLimits(), { watchEveryMs: 20, ...limits });
  const testing = await Test.createTestingModule({ imports: [Globals, DeviceGatewayModule] })
    .overrideProvider(GatewayLimits)
    .useValue(ourLimits)
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter({ forceCloseConnections: true }),
    {
      logger: false,
      abortOnError: false,
    },
  );
  app.useWebSocketAdapter(new TerminalWsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  origins.push(origin);
  return {
    app,
    port,
    origin,
    node,
    publisher,
    limits: ourLimits,
    links: app.get(Links),
    signingKey: privateKey,
    say: (connectionId, frame) => {
      mail.send(node, { connectionId, frame });
    },
    stop: () => app.close(),
  };
}

export const aRequest = (paymentId: string = newId()): Extract<PlatformFrame, { type: 'payment.request' }> => ({
  type: 'payment.request',
  id: newId(),
  paymentId,
  kind: 'purchase',
  amount: 1999,
  currency: 'CAD',
  description: null,
  tipping: null,
  showBefore: new Date(Date.now() + 60_000).toISOString(),
  payBefore: new Date(Date.now() + 120_000).toISOString(),
  original: null,
});
