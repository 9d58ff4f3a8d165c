import { randomUUID } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import pLimit from 'p-limit';
import type { DomainEvent } from '#contracts';
import { UnitOfWork } from '#database';
import type { RequestWithCaller } from '#http-door';
import { Clock } from '#kernel';
import { Outbox, WakeUps } from '#messaging';
import { NotificationsModule, notificationsSchema, NotificationsSettings } from '#notifications';
import { LocalWakeUps } from '../../../libs/messaging/src/local-wake-ups.js';
import { AppendEvents } from '../../../libs/notifications/src/application/append-events.js';
import { DeliverWebhooks } from '../../../libs/notifications/src/application/deliver-webhooks.js';
import { WebhookSender } from '../../../libs/notifications/src/application/ports.js';
import { HttpsWebhookSender } from '../../../libs/notifications/src/infrastructure/https-webhook-sender.js';
import type { PublicEventType } from '../../../libs/notifications/src/public-event.js';
import { contextAlone } from '../../support/context-alone.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { DirectStrategy } from '../../support/direct-strategy.js';
import { HandClock } from '../../support/hand-clock.js';
import { KeptEvents } from '../../support/kept-events.js';

/** Those of one process; while they are `lost`, nobody is woken. */
export class FragileWakeUps extends LocalWakeUps {
  lost = false;
  readonly waiting = new Map<string, number>();

  override signal(topic: string): void {
    if (!this.lost) super.signal(topic);
  }

  override async wait(topic: string, ms: number, abort?: AbortSignal): Promise<boolean> {
    this.waiting.set(topic, this.countOf(topic) + 1);
    const signalled = await super.wait(topic, ms, abort);
    this.waiting.set(topic, this.countOf(topic) - 1);
    return signalled;
  }

  countOf = (topic: string): number => this.waiting.get(topic) ?? 0;
}

/** As the real one, but its patience is short. */
@Injectable()
export class HastySender extends HttpsWebhookSender {
  protected override readonly withinMs = 1_500;
}

/** The token is the account; what a method requires is the platform's test. */
@Injectable()
class Door implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithCaller & { headers: Record<string, string> }>();
    request.caller = {
      accountId: request.headers['api-token'] ?? '',
      accountName: 'Corner Café',
      actor: { kind: 'api_access', id: randomUUID(), name: 'Front till' },
      role: null,
      permissions: { general: 'write', settings: 'write', processing: 'admin' },
      ...{ apiMode: true, currency: 'CAD', timeZone: 'America/Edmonton' },
      paymentDefaults: { deliverWithin: 10, payWithin: 120, tipping: null },
    };
    return true;
  }
}

export interface Notifications {
  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  /** Where it listens. */
  readonly url: string;
  readonly clock: HandClock;
  readonly wakeUps: FragileWakeUps;
  /** What it told the other contexts. */
  readonly told: readonly DomainEvent[];
  /** One transaction; gives nothing back, as everything is read through the doors. */
  append(accountId: string, ...types: PublicEventType[]): Promise<void>;
  /** One transaction per event, all at once. */
  tell(...events: DomainEvent[]): Promise<void>;
  /** Begins what is due, at once. */
  deliver(): Promise<void>;
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  get<Verb>(verb: abstract new (...args: never[]) => Verb): Verb;
  stop(): Promise<void>;
}

interface Options {
  /** Another one to stand beside, on the same database and clock, as a second process. */
  readonly beside?: Notifications;
  readonly allowedHosts?: readonly string[];
  readonly sender?: new (settings: NotificationsSettings) => WebhookSender;
  readonly wakeUps?: FragileWakeUps;
}

/** The notifications context alone, on a database of its own. */
export async function startNotifications(options: Options = {}): Promise<Notifications> {
  const { beside, allowedHosts = ['127.0.0.1'], sender = HttpsWebhookSender } = options;
  const database = beside?.database ?? (await aTestDatabase({ contexts: [notificationsSchema], poolSize: 20 }));
  // It starts now, as verifiers of signatures look at their own clock.
  const clock = beside?.clock ?? new HandClock(new Date());
  const wakeUps = options.wakeUps ?? new FragileWakeUps();
  const events = new KeptEvents();
  const provided = [
    { provide: Outbox, useValue: events },
    { provide: DataSource, useValue: database.dataSource },
    { provide: UnitOfWork, useValue: database.unitOfWork },
    { provide: Clock, useValue: clock },
    { provide: WakeUps, useValue: wakeUps },
    { provide: NotificationsSettings, useValue: { encryptionKey: Buffer.alloc(32, 7), allowedHosts } },
  ];

  const building = contextAlone({ modules: [NotificationsModule], provided, door: Door })
    .overrideProvider(WebhookSender)
    .useClass(sender);
  const module = await building.compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ forceCloseConnections: true }));
  const strategy = new DirectStrategy('notifications');
  app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const { unitOfWork, dataSource } = database;
  // As many at once as leave connections to those who read: more would wait for one, and give that up on a slow machine.
  const places = pLimit(15);
  const get: Notifications['get'] = (verb) => app.get(verb, { strict: false });
  return {
    ...{ database, app, clock, wakeUps, get, told: events.committed, url: await app.getUrl() },
    append: (accountId, ...types) => {
      const entries = types.map((type) => ({ type, data: {}, aggregateId: null, occurredAt: clock.now() }));
      return places(() => unitOfWork.run((tx) => get(AppendEvents).execute(tx, accountId, entries)));
    },
    tell: async (...told) => {
      await Promise.all(told.map((event) => places(() => unitOfWork.run((tx) => strategy.deliver(event, tx)))));
    },
    deliver: () => get(DeliverWebhooks).execute(),
    query: (sql, values) => dataSource.query(sql, values),
    stop: async () => {
      await app.close();
      if (!beside) await database.drop();
    },
  };
}
