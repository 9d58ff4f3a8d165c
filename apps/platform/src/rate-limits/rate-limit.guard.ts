import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Caller, preferredWait, type RequestWithCaller } from '#http-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyRequestsError } from '../http/http.errors.js';
import { RateLimits } from './rate-limits.js';

/**
 * Behind the guard that finds the caller. An account's requests are counted over all its tokens; whoever looks on in the
 * console has a budget of their own, so that no till is refused for it.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & RequestWithCaller>();
    if (!request.caller) return true;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const decision = this.limits.admit(budgetOf(request.caller), kindOf(request));
    void reply.header('minute-limit-remaining', decision.minuteLeft).header('hour-limit-remaining', decision.hourLeft);
    if (!decision.admitted) throw new TooManyRequestsError(decision.retryAfterMs);
    // Who hung up while the caller was looked up is gone already, and is not said to be gone again.
    if (reply.raw.closed) decision.finish();
    else reply.raw.once('close', decision.finish);
    return true;
  }
}

const budgetOf = ({ accountId, actor }: Caller): string => (actor.kind === 'user' ? actor.id : accountId);

const kindOf = ({ headers, routeOptions }: FastifyRequest): 'atOnce' | 'waiting' => {
  const { prefer } = headers;
  const waits = routeOptions.url?.endsWith('/stream') === true || preferredWait(prefer?.toString()) > 0;
  return waits ? 'waiting' : 'atOnce';
};
