import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect } from '@jest/globals';
import { DataSource } from 'typeorm';
import pLimit from 'p-limit';
import type { DomainEvent } from '#contracts';
import { UnitOfWork } from '#database';
import { DeviceAuthentication, type SignedInDevice } from '#http-door';
import { Clock } from '#kernel';
import { NodeMail, Outbox, WakeUps } from '#messaging';
import { PairingModule, pairingSchema } from '#pairing';
import { LocalWakeUps } from '../../../libs/messaging/src/local-wake-ups.js';
import { NewCodes } from '../../../libs/pairing/src/application/ports.js';
import { contextAlone } from '../../support/context-alone.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { DirectStrategy } from '../../support/direct-strategy.js';
import { HandClock } from '../../support/hand-clock.js';
import { KeptEvents } from '../../support/kept-events.js';
import { KeptMail } from '../../support/kept-mail.js';

export class LocalSignals extends LocalWakeUps {
  readonly signalled: string[] = [];
  /** Topics that somebody waits for. */
  readonly waiting = new Set<string>();

  override signal(topic: string): void {
    this.signalled.push(topic);
    super.signal(topic);
  }

  override async wait(topic: string, ms: number, abort?: AbortSignal): Promise<boolean> {
    this.waiting.add(topic);
    const signalled = await super.wait(topic, ms, abort);
    this.waiting.delete(topic);
    return signalled;
  }
}

/** The device that the test says is calling. */
export class KnownDevice extends DeviceAuthentication {
  device: SignedInDevice | undefined;

  override byKey(): Promise<{ deviceId: string }> {
    throw new Error('pairing asks for a session');
  }

  override bySession(): Promise<SignedInDevice> {
    if (!this.device) throw new Error('no device is calling');
    return Promise.resolve(this.device);
  }
}

export interface Pairing {
  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  readonly clock: HandClock;
  readonly events: KeptEvents;
  readonly mail: KeptMail;
  readonly wakeUps: LocalSignals;
  readonly devices: KnownDevice;
  /** One transaction per event, one after another. */
  tell(...events: DomainEvent[]): Promise<void>;
  /** The reaction runs to its end, and then its transaction is undone. */
  tellInVain(event: DomainEvent): Promise<void>;
  get<Verb>(verb: abstract new (...args: never[]) => Verb): Verb;
  stop(): Promise<void>;
}

/** The pairing context alone, on a database of its own; `codes`: what is offered as new codes, instead of random ones. */
export async function startPairing(codes?: () => string): Promise<Pairing> {
  const database = await aTestDatabase({ contexts: [pairingSchema], poolSize: 20 });
  const [clock, events, mail] = [new HandClock(), new KeptEvents(), new KeptMail()];
  const [wakeUps, devices] = [new LocalSignals(), new KnownDevice()];
  const provided = [
    { provide: DataSource, useValue: database.dataSource },
    { provide: UnitOfWork, useValue: database.unitOfWork },
    { provide: Clock, useValue: clock },
    { provide: Outbox, useValue: events },
    { provide: NodeMail, useValue: mail },
    { provide: WakeUps, useValue: wakeUps },
    { provide: DeviceAuthentication, useValue: devices },
  ];

  const building = contextAlone({ modules: [PairingModule], provided });
  if (codes) building.overrideProvider(NewCodes).useValue({ next: codes } satisfies NewCodes);
  const module = await building.compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  const strategy = new DirectStrategy('pairing');
  app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  // As many at once as leave connections to those who ask: more would wait for one, and give that up on a slow machine.
  const places = pLimit(15);
  const deliver = (event: DomainEvent, after: () => void = () => undefined) =>
    places(() => database.unitOfWork.run((tx) => strategy.deliver(event, tx).then(after)));
  return {
    ...{ database, app, clock, events, mail, wakeUps, devices },
    tell: async (...told) => {
      for (const event of told) await deliver(event);
    },
    tellInVain: async (event) => {
      const undone = new Error('undone');
      const undo = (): never => {
        throw undone;
      };
      await expect(deliver(event, undo)).rejects.toBe(undone);
    },
    get: (verb) => app.get(verb, { strict: false }),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}
