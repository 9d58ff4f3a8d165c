import { closeCodes, limits } from '#terminal-protocol';

/** What a terminal does after its connection has ended. */
export type AfterClose =
  | { readonly then: 'reconnect'; readonly afterMs: number }
  | { readonly then: 'renew' }
  | { readonly then: 'stop'; readonly reason: 'forbidden' | 'update_required' };

const steadyAfterMs = 60_000;
const firstMs = 1_000;
const mostMs = 60_000;
const faultStep = 4;
const drainMs = 20_000;

/** Full jitter, `random(0, min(60 s, 1 s · 2^n))`; n is 0 again after 60 s of a good connection. */
export class ReconnectPolicy {
  private failures = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** @param readyForMs how long the connection was good. @param askedMs the wait that the platform asked for, if it did. */
  afterClose(code: number, readyForMs: number, askedMs: number | null): AfterClose {
    if (readyForMs >= steadyAfterMs) this.failures = 0;
    switch (code) {
      case closeCodes.sessionEnded:
        return { then: 'renew' };
      case closeCodes.forbidden:
        return { then: 'stop', reason: 'forbidden' };
      case closeCodes.versionNotSpoken:
        return { then: 'stop', reason: 'update_required' };
      case closeCodes.superseded:
        return { then: 'reconnect', afterMs: limits.supersededWaitMs + this.jitter() };
      case closeCodes.tooFast:
      case closeCodes.unavailable:
        return { then: 'reconnect', afterMs: askedMs ?? this.random() * drainMs };
      case 1002:
      case 1007:
      case 1008:
      case 1009:
      case closeCodes.badMessage:
        this.failures = Math.max(this.failures, faultStep);
        return { then: 'reconnect', afterMs: this.jitter() };
      default:
        return { then: 'reconnect', afterMs: askedMs ?? this.jitter() };
    }
  }

  /** After a refused log-in or an unreachable platform. */
  jitter(): number {
    const most = Math.min(mostMs, firstMs * 2 ** this.failures);
    this.failures += 1;
    return this.random() * most;
  }
}
