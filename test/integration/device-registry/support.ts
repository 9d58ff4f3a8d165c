import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Global,
  Injectable,
  Module,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { isObservable, lastValueFrom } from 'rxjs';
import { DataSource } from 'typeorm';
import { catalogue, type DomainEvent } from '#contracts';
import { type Tx, UnitOfWork } from '#database';
import {
  DeviceRegistryModule,
  DeviceRegistrySettings,
  deviceRegistrySchema,
  UnsettledPayments,
  UserAuthentication,
} from '#device-registry';
import type { Caller, RequestWithCaller } from '#http-door';
import { Clock, DomainError } from '#kernel';
import { NodeMail, Outbox } from '#messaging';
import { addressedFrame, type AddressedFrame } from '#terminal-protocol';
import { aTestDatabase, connectedTo, type TestDatabase } from '../../support/database.js';
import { KeptEvents } from '../../support/kept-events.js';
import { KnownUsers } from './known-users.js';

export const origin = 'https://pay.example.com';

/** Stands until it is moved. */
export class HandClock extends Clock {
  #now = new Date('2026-11-23T12:00:00.000Z');

  override now(): Date {
    return this.#now;
  }

  forward(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}

/** Keeps what was sent to gateways, each frame checked against the protocol. */
export class KeptMail extends NodeMail {
  readonly sent: (AddressedFrame & { readonly node: string })[] = [];

  override send(node: string, message: unknown): void {
    this.sent.push({ node, ...addressedFrame.parse(message) });
  }

  override receive(): Promise<void> {
    return Promise.resolve();
  }
}

/** Devices of which a payment has no result yet. */
export class OwedResults extends UnsettledPayments {
  readonly of = new Set<string>();

  override exist(deviceId: string): Promise<boolean> {
    return Promise.resolve(this.of.has(deviceId));
  }
}

/** The caller that a test's request names in its header `api-token`; what a method requires is the platform's test. */
export const callers = new Map<string, Caller>();

@Injectable()
class Door implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithCaller & { headers: Record<string, string> }>();
    const caller = callers.get(request.headers['api-token'] ?? '');
    if (caller) request.caller = caller;
    return true;
  }
}

class TestSettings extends DeviceRegistrySettings {
  readonly origins = [origin];
  readonly gatewayUrl = 'wss://pay.example.com/device/v1/connect';
  readonly minimumAppVersion = '1.9.0';
  readonly setUpCodeKey = Buffer.alloc(32, 7);

  constructor(readonly sessionKey: JWK) {
    super();
  }
}

/** Hands an event to the reaction that Nest found for it, as the inbox does: in one transaction. */
class DirectStrategy extends Server implements CustomTransportStrategy {
  listen(listening: () => void): void {
    listening();
  }

  close(): void {
    // nothing is open
  }

  on(): void {
    throw new Error('a test listens to no transport');
  }

  unwrap(): never {
    throw new Error('a test has no transport');
  }

  async deliver(event: DomainEvent, tx: Tx): Promise<void> {
    const handler = this.messageHandlers.get(JSON.stringify({ event: event.name, subscriber: 'device-registry' }));
    if (!handler) throw new Error(`device-registry does not react to ${event.name}`);
    const result: unknown = await handler(event, tx);
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}

interface Reply {
  status(status: number): { send(body: unknown): void };
}

/** Shows the code of a refusal; which status it gets is the platform's word. */
@Catch(DomainError)
class Refusals implements ExceptionFilter<DomainError> {
  catch({ code, message, facts }: DomainError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(418).send({ code, message, facts });
  }
}

export interface Registry {
  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  readonly clock: HandClock;
  readonly events: KeptEvents;
  readonly mail: KeptMail;
  readonly users: KnownUsers;
  readonly owed: OwedResults;
  /** The private key that signs session tokens. */
  readonly sessionKey: JWK;
  /** In a transaction of its own. */
  tell(event: DomainEvent): Promise<void>;
  get<Verb>(verb: abstract new (...args: never[]) => Verb): Verb;
  stop(): Promise<void>;
}

/** Whether somebody waits for a row that another transaction holds, with a statement that begins so. */
export async function isWaiting({ database }: Registry, statement: 'SELECT' | 'DELETE'): Promise<boolean> {
  const sql = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1 || '%'`;
  const { rowCount } = await connectedTo(database.url, (client) => client.query(sql, [statement]));
  return rowCount !== 0;
}

/** The device registry alone, on a database of its own. */
export async function startRegistry(): Promise<Registry> {
  const database = await aTestDatabase({ contexts: [deviceRegistrySchema], poolSize: 20 });
  const [clock, events, mail] = [new HandClock(), new KeptEvents(), new KeptMail()];
  const [users, owed] = [new KnownUsers(), new OwedResults()];
  const sessionKey = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  const provided = [
    { provide: DataSource, useValue: database.dataSource },
    { provide: UnitOfWork, useValue: database.unitOfWork },
    { provide: Clock, useValue: clock },
    { provide: Outbox, useValue: events },
    { provide: NodeMail, useValue: mail },
    { provide: UserAuthentication, useValue: users },
    { provide: UnsettledPayments, useValue: owed },
    { provide: DeviceRegistrySettings, useValue: new TestSettings(sessionKey) },
  ];

  @Global()
  @Module({ providers: provided, exports: provided.map(({ provide }) => provide) })
  class Wiring {}

  @Module({
    imports: [Wiring, DeviceRegistryModule],
    providers: [
      { provide: APP_GUARD, useClass: Door },
      { provide: APP_FILTER, useClass: Refusals },
    ],
  })
  class Root {}

  const module = await Test.createTestingModule({ imports: [Root] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  const strategy = new DirectStrategy();
  app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  return {
    ...{ database, app, clock, events, mail, users, owed, sessionKey },
    tell: (event) => {
      catalogue.get(event.name)?.data.parse(event.data);
      return database.unitOfWork.run((tx) => strategy.deliver(event, tx));
    },
    get: (verb) => app.get(verb, { strict: false }),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}
