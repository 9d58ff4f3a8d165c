import {
  type Abstract,
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type DynamicModule,
  type ExceptionFilter,
  type ExecutionContext,
  Global,
  Injectable,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { Caller, RequestWithCaller } from '#http-door';
import { DomainError } from '#kernel';

/** The caller that a test's request names in its header `api-token`. */
export const callers = new Map<string, Caller>();

/** Lets everybody in; what a method requires is the platform's test. */
@Injectable()
export class OpenDoor implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithCaller & { headers: Record<string, string> }>();
    const caller = callers.get(request.headers['api-token'] ?? '');
    if (caller) request.caller = caller;
    return true;
  }
}

export interface Reply {
  status(status: number): { send(body: unknown): void };
}

/** Shows a refusal; which status it gets is the platform's word. */
@Catch(DomainError)
export class Refusals implements ExceptionFilter<DomainError> {
  catch({ code, message, facts }: DomainError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(418).send({ code, message, facts });
  }
}

interface Context {
  readonly modules: readonly (Type | DynamicModule)[];
  /** What the platform gives it, for all of its modules. */
  readonly provided: readonly {
    readonly provide: Abstract<unknown> | Type;
    readonly useValue?: unknown;
    readonly useClass?: Type;
  }[];
  readonly door?: Type<CanActivate>;
  readonly refusals?: Type<ExceptionFilter>;
}

/** A context without the platform around it. */
export function contextAlone({
  modules,
  provided,
  door = OpenDoor,
  refusals = Refusals,
}: Context): TestingModuleBuilder {
  @Global()
  @Module({ providers: provided as Provider[], exports: provided.map(({ provide }) => provide) })
  class Wiring {}

  @Module({
    imports: [Wiring, ...modules],
    providers: [
      { provide: APP_GUARD, useClass: door },
      { provide: APP_FILTER, useClass: refusals },
    ],
  })
  class Root {}

  return Test.createTestingModule({ imports: [Root] });
}
