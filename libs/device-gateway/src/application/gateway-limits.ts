import { Injectable } from '@nestjs/common';
import { limits } from '#terminal-protocol';

/** The numbers of this gateway, in milliseconds and bytes; a class, so that a test can shorten them. */
@Injectable()
export class GatewayLimits {
  readonly heartbeatMs: number = limits.heartbeatMs;
  readonly authenticateWithinMs: number = limits.authenticateWithinMs;
  readonly tokenGraceMs: number = limits.tokenGraceMs;
  /** How long lock and end of session wait for a card that is being charged. */
  readonly endWithinMs: number = 60_000;
  readonly watchEveryMs: number = 500;

  readonly unauthenticatedAtMost: number = 500;
  readonly verificationsAtOnce: number = 50;

  readonly aliveEveryMs: number = 3_000;
  readonly heldEveryMs: number = 300_000;
  readonly heldPerMessage: number = 500;

  readonly stopSendingAboveBytes: number = 64 * 1024;
  readonly closeAboveBytes: number = 256 * 1024;
  readonly closeWithoutDrainMs: number = 10_000;
  readonly retryAfterMs: number = 5_000;

  /** Idle devices leave a stopping process one by one, over this time. */
  readonly drainSpreadMs: number = 20_000;
}
