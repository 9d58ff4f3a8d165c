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
import { expect } from '@jest/globals';
import { isObservable, lastValueFrom } from 'rxjs';
import { DataSource } from 'typeorm';
import pLimit from 'p-limit';
import { catalogue, type DomainEvent } from '#contracts';
import { type Tx, UnitOfWork } from '#database';
import { type Caller, DeviceAuthentication, type RequestWithCaller, type SignedInDevice } from '#http-door';
import { Clock, DomainError } from '#kernel';
import { NodeMail, Outbox, WakeUps } from '#messaging';
import { PairingModule, pairingSchema } from '#pairing';
import { addressedFrame, type AddressedFrame } from '#terminal-protocol';
import { LocalWakeUps } from '../../../libs/messaging/src/local-wake-ups.js';
import { NewCodes } from '../../../libs/pairing/src/application/ports.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { KeptEvents } from '../../support/kept-events.js';

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

  on(connectionId: string) {
    return this.sent.filter((one) => one.connectionId === connectionId).map((one) => one.frame);
  }
}

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
    const handler = this.messageHandlers.get(JSON.stringify({ event: event.name, subscriber: 'pairing' }));
    if (!handler) throw new Error(`pairing does not react to ${event.name}`);
    const result: unknown = await handler(event, tx);
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}

export const callers = new Map<string, Caller>();

/** The token is the key of `callers`; what a method requires is the platform's test. */
@Injectable()
class Door implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithCaller & { headers: Record<string, string> }>();
    const caller = callers.get(request.headers['api-token'] ?? '');
    if (caller) request.caller = caller;
    return true;
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

interface Reply {
  status(status: number): { send(body: unknown): void };
}

/** Shows the code of a refusal; which status it gets is the platform's word. */
@Catch(DomainError)
class Refusals implements ExceptionFilter<DomainError> {
  catch({ code, message }: DomainError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(418).send({ code, message });
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

  @Global()
  @Module({ providers: provided, exports: provided.map(({ provide }) => provide) })
  class Wiring {}

  @Module({
    imports: [Wiring, PairingModule],
    providers: [
      { provide: APP_GUARD, useClass: Door },
      { provide: APP_FILTER, useClass: Refusals },
    ],
  })
  class Root {}

  const building = Test.createTestingModule({ imports: [Root] });
  if (codes) building.overrideProvider(NewCodes).useValue({ next: codes } satisfies NewCodes);
  const module = await building.compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  const strategy = new DirectStrategy();
  app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  // As many at once as leave connections to those who ask: more would wait for one, and give that up on a slow machine.
  const places = pLimit(15);
  const deliver = (event: DomainEvent, after: () => void = () => undefined) => {
    catalogue.get(event.name)?.data.parse(event.data);
    return places(() => database.unitOfWork.run((tx) => strategy.deliver(event, tx).then(after)));
  };
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
