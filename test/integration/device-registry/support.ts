import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { DataSource } from 'typeorm';
import type { DomainEvent } from '#contracts';
import { UnitOfWork } from '#database';
import {
  DeviceRegistryModule,
  DeviceRegistrySettings,
  deviceRegistrySchema,
  UnsettledPayments,
  UserAuthentication,
} from '#device-registry';
import { Clock } from '#kernel';
import { NodeMail, Outbox } from '#messaging';
import { contextAlone } from '../../support/context-alone.js';
import { aTestDatabase, connectedTo, type TestDatabase } from '../../support/database.js';
import { DirectStrategy } from '../../support/direct-strategy.js';
import { HandClock } from '../../support/hand-clock.js';
import { KeptEvents } from '../../support/kept-events.js';
import { KeptMail } from '../../support/kept-mail.js';
import { KnownUsers } from './known-users.js';

export const origin = 'https://pay.example.com';

/** Devices of which a payment has no result yet. */
export class OwedResults extends UnsettledPayments {
  readonly of = new Set<string>();

  override exist(deviceId: string): Promise<boolean> {
    return Promise.resolve(this.of.has(deviceId));
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

  const module = await contextAlone({ modules: [DeviceRegistryModule], provided }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  const strategy = new DirectStrategy('device-registry');
  app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  return {
    ...{ database, app, clock, events, mail, users, owed, sessionKey },
    tell: (event) => database.unitOfWork.run((tx) => strategy.deliver(event, tx)),
    get: (verb) => app.get(verb, { strict: false }),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}
