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
import {
  AccountsModule,
  AccountsSettings,
  accountsSchema,
  AddUser,
  CallerBySession,
  CallerByToken,
  CreateApiAccess,
  OpenAccount,
  operator,
  sessionCookieOf,
} from '#accounts';
import { UnitOfWork } from '#database';
import { type Caller, doorRuleKey, type DoorRule, type RequestWithCaller, satisfies } from '#http-door';
import { Clock, DomainError } from '#kernel';
import { Outbox } from '#messaging';
import { contextAlone, type Reply } from '../../support/context-alone.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { HandClock } from '../../support/hand-clock.js';
import { KeptEvents } from '../../support/kept-events.js';

class TestSettings extends AccountsSettings {
  readonly pinKey = Buffer.alloc(32, 7);
  readonly secureCookies = false;
}

/** The platform's guard in small: what a method requires, asked of the real callers. */
@Injectable()
class Door implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly byToken: CallerByToken,
    private readonly bySession: CallerBySession,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<DoorRule>(doorRuleKey, context.getHandler());
    if (rule.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller & { headers: Record<string, string> }>();
    const { cookie, 'api-token': token } = request.headers;
    const caller = token
      ? await this.byToken.execute(token)
      : await this.bySession.execute(sessionCookieOf(cookie) ?? '');
    if (!caller || !mayCall(rule, caller)) return false;
    request.caller = caller;
    return true;
  }
}

function mayCall(rule: DoorRule, { role, permissions }: Caller): boolean {
  if (rule.kind === 'caller') return satisfies(permissions, rule.anyOf);
  if (rule.kind === 'console') return role !== null;
  if (rule.kind === 'manager') return role === 'administrator' || role === 'manager';
  return rule.kind === 'administrator' && role === 'administrator';
}

/** Shows the code of a refusal; which status it gets is the platform's word. */
@Catch(DomainError)
class Refusals implements ExceptionFilter<DomainError> {
  catch({ code }: DomainError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(400).send({ code });
  }
}

export interface Accounts {
  readonly database: TestDatabase;
  readonly clock: HandClock;
  readonly events: KeptEvents;
  readonly app: NestFastifyApplication;
  get<Verb>(verb: abstract new (...args: never[]) => Verb): Verb;
  stop(): Promise<void>;
}

/** The accounts context alone, on a database of its own. */
export async function startAccounts(): Promise<Accounts> {
  const database = await aTestDatabase({ contexts: [accountsSchema], poolSize: 10 });
  const clock = new HandClock();
  const events = new KeptEvents();
  const provided = [
    { provide: DataSource, useValue: database.dataSource },
    { provide: UnitOfWork, useValue: database.unitOfWork },
    { provide: Clock, useValue: clock },
    { provide: Outbox, useValue: events },
    { provide: AccountsSettings, useClass: TestSettings },
  ];

  const module = await contextAlone({ modules: [AccountsModule], provided, door: Door, refusals: Refusals }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  return {
    database,
    app,
    clock,
    events,
    get: (verb) => app.get(verb),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

export const password = 'correct horse battery';
let counter = 0;

/** A new account; its administrator has `password` and the PIN 1234. */
export async function anAccount(accounts: Accounts) {
  counter += 1;
  const email = `owner${counter}@example.com`;
  const administrator = { name: 'Olive Owner', email, password, pin: '1234' };
  const opened = await accounts.get(OpenAccount).execute({ name: 'Corner Café', country: 'CA', administrator });
  return { ...opened, email };
}

export async function aStaffMember(accounts: Accounts, accountId: string, pin: string) {
  const wanted = { name: 'Sam Staff', role: 'staff', pin } as const;
  return accounts.get(AddUser).execute({ ...wanted, accountId, by: operator });
}

export async function aToken(accounts: Accounts, accountId: string, settings: 'none' | 'read' | 'write' = 'read') {
  const permissions = { general: 'read', settings, processing: 'positive_transaction' } as const;
  return accounts.get(CreateApiAccess).execute({ accountId, name: 'Front till', permissions, by: operator });
}

/** The stable code of the refusal; `done` when there was none. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) =>
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error),
  );
