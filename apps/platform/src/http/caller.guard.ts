import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { sessionCookieOf } from '#accounts';
import { limitToAccount } from '#database';
import {
  type Caller,
  CallerAuthentication,
  type DoorRule,
  doorRuleKey,
  type RequestWithCaller,
  satisfies,
} from '#http-door';
import type { FastifyRequest } from 'fastify';
import { ForeignOriginError, NoPermissionError, UnauthenticatedError, UnknownTokenError } from './http.errors.js';
import { HttpSettings } from './http-settings.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Deny by default: a method without a rule is never reached, and the account comes from the credential only. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: CallerAuthentication,
    private readonly settings: HttpSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.get<DoorRule | undefined>(doorRuleKey, context.getHandler());
    if (!rule) return false;
    if (rule.kind === 'public' || rule.kind === 'device') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & RequestWithCaller>();
    const ask = this.credentialOf(request);
    const caller = await ask();
    if (!caller) throw tokenOf(request) === undefined ? new UnauthenticatedError() : new UnknownTokenError();
    if (!mayCall(rule, caller)) throw new NoPermissionError();
    request.caller = caller;
    request.isStillAllowed = async () => {
      const now = await ask();
      return now !== undefined && mayCall(rule, now);
    };
    limitToAccount(caller.accountId);
    return true;
  }

  /** Whose credential is on the request, to be asked as often as one likes. */
  private credentialOf(request: FastifyRequest): () => Promise<Caller | undefined> {
    const token = tokenOf(request);
    if (token !== undefined) return () => this.callers.byToken(token);
    const cookie = sessionCookieOf(request.headers.cookie);
    if (cookie === undefined) throw new UnauthenticatedError();
    this.refuseForeignOrigin(request);
    return () => this.callers.bySession(cookie);
  }

  /** The cookie is SameSite=Strict already; a page on a sibling host gets no further than here. */
  private refuseForeignOrigin({ method, headers }: FastifyRequest): void {
    if (safeMethods.has(method) || headers.origin === undefined) return;
    if (!this.settings.origins.includes(headers.origin)) throw new ForeignOriginError();
  }
}

function mayCall(rule: Exclude<DoorRule, { kind: 'public' | 'device' }>, { role, permissions }: Caller): boolean {
  switch (rule.kind) {
    case 'console':
      return role !== null;
    case 'administrator':
      return role === 'administrator';
    case 'manager':
      return role === 'administrator' || role === 'manager';
    case 'caller':
      return satisfies(permissions, rule.anyOf);
  }
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  const token = headers['api-token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}
