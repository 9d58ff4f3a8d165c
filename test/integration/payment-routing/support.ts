import { randomUUID } from 'node:crypto';
import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { eventually } from '../../support/eventually.js';
import { type DomainEvent, eventOf, GatewayAlive } from '#contracts';
import { UnitOfWork } from '#database';
import {
  type Caller,
  DeviceAuthentication,
  doorRuleKey,
  type DoorRule,
  InvalidRequestError,
  type RequestWithCaller,
  satisfies,
} from '#http-door';
import { Clock, DomainError, InvalidFieldError } from '#kernel';
import {
  connectSubscribers,
  EventPublisher,
  MessagingModule,
  messagingSchema,
  MessagingSettings,
  NodeMail,
} from '#messaging';
import { PaymentRoutingModule, paymentRoutingSchema } from '#payment-routing';
import { addressedFrame, type AddressedFrame } from '#terminal-protocol';
import { errorStatuses } from '../../../apps/platform/src/http/error-statuses.js';
import { callers, contextAlone, type Reply } from '../../support/context-alone.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { HandClock } from '../../support/hand-clock.js';

export function aCaller(more: Partial<Caller> = {}): Caller {
  return {
    accountId: randomUUID(),
    accountName: 'Corner Café',
    actor: { kind: 'api_access', id: randomUUID(), name: 'Front till' },
    role: null,
    permissions: { general: 'read', settings: 'none', processing: 'positive_transaction' },
    apiMode: true,
    currency: 'CAD',
    timeZone: 'America/Edmonton',
    paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
    ...more,
  };
}

export function tokenOf(caller: Caller): string {
  const token = randomUUID();
  callers.set(token, caller);
  return token;
}

/** The platform's guard in small. */
@Injectable()
class Door implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.get<DoorRule>(doorRuleKey, context.getHandler());
    if (rule.kind === 'device') return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller & { headers: Record<string, string> }>();
    const caller = callers.get(request.headers['api-token'] ?? '');
    if (rule.kind !== 'caller' || !caller || !satisfies(caller.permissions, rule.anyOf)) return false;
    request.caller = caller;
    return true;
  }
}

/** The platform's one table of statuses, and the fields that were wrong. */
@Catch(DomainError)
class Refusals implements ExceptionFilter<DomainError> {
  catch(error: DomainError, host: ArgumentsHost): void {
    const { code, message } = error;
    const fields = error instanceof InvalidRequestError ? Object.keys(error.fields) : [];
    const field = error instanceof InvalidFieldError ? [error.field] : [];
    const reply = host.switchToHttp().getResponse<Reply>();
    reply.status(errorStatuses[code] ?? 500).send({ code, message, fields: [...fields, ...field] });
  }
}

/** The test names the device in a header; the proof is the registry's business. */
class HeaderDevices extends DeviceAuthentication {
  override byKey({ headers }: Parameters<DeviceAuthentication['byKey']>[0]): Promise<{ deviceId: string }> {
    return Promise.resolve({ deviceId: String(headers['x-device']) });
  }

  override bySession(): Promise<never> {
    return Promise.reject(new Error('not asked here'));
  }
}

export interface Platform {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly clock: HandClock;
  /** What was sent to devices, in order. */
  readonly frames: AddressedFrame[];
  /** Comes in like from the gateway; resolves when payment-routing has committed. */
  hear(event: DomainEvent): Promise<void>;
  /** Committed events of a payment, in order. */
  eventsOf(paymentId: string): Promise<{ name: string; data: Record<string, unknown>; sequence: number }[]>;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export const node = 'node-of-the-test';

/** Payment-routing alone: its real tables, outbox, inbox and reactions; only the devices are not there. */
export async function startPlatform(): Promise<Platform> {
  const database = await aTestDatabase({ contexts: [messagingSchema, paymentRoutingSchema], poolSize: 25 });
  const clock = new HandClock();
  const provided = [
    { provide: DataSource, useValue: database.dataSource },
    { provide: UnitOfWork, useValue: database.unitOfWork },
    { provide: Clock, useValue: clock },
    { provide: DeviceAuthentication, useClass: HeaderDevices },
    { provide: MessagingSettings, useValue: { brokerUrl: null, prefix: 'test' } },
  ];
  const modules = [MessagingModule.over('in-process'), PaymentRoutingModule];
  const module = await contextAlone({ modules, provided, door: Door, refusals: Refusals }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app.useLogger(false);
  connectSubscribers(app);
  await app.startAllMicroservices();
  await app.init();
  return running(app, database, clock);
}

async function running(app: NestFastifyApplication, database: TestDatabase, clock: HandClock): Promise<Platform> {
  const frames: AddressedFrame[] = [];
  await app.get(NodeMail).receive(node, (message) => {
    frames.push(addressedFrame.parse(message));
  });
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    database.dataSource.query(sql, parameters);
  return {
    ...{ app, database, clock, frames, query },
    // One that takes long is not over when the publisher gives up waiting: it joins the one that is under way.
    hear: (event) => eventually(`${event.name} is taken`, () => app.get(EventPublisher).publish(event)),
    eventsOf: async (paymentId) => {
      const rows = await query<{ event: { name: string; data: Record<string, unknown>; sequence: number } }>(
        `SELECT event FROM messaging.outbox WHERE event ->> 'aggregateId' = $1 ORDER BY (event ->> 'sequence')::int`,
        [paymentId],
      );
      return rows.map(({ event }) => event);
    },
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

export const gatewayIsAlive = (platform: Platform): Promise<void> =>
  platform.hear(
    eventOf(GatewayAlive, {
      ...{ id: randomUUID(), aggregateId: null, sequence: null, accountId: null },
      occurredAt: platform.clock.now(),
      data: { node },
    }),
  );
