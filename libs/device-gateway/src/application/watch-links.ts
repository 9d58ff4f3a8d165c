import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#kernel';
import { closeCodes } from '#terminal-protocol';
import { GatewayLimits } from './gateway-limits.js';
import { Links } from './links.js';
import type { TerminalLink } from './terminal-link.js';

/** Ends links whose time is over. One timer looks at all of them, for a timer of its own for each would cost more than the link. */
@Injectable()
export class WatchLinks implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly links: Links,
    private readonly limits: GatewayLimits,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.execute();
    }, this.limits.watchEveryMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  execute(): void {
    const now = performance.now();
    const wallClock = this.clock.now().getTime();
    for (const link of this.links.every()) {
      this.watchAuthentication(link, now);
      this.watchHeartbeat(link, now);
      this.watchToken(link, wallClock);
      this.watchReading(link, now);
      link.endIfIdle(now);
    }
  }

  private watchAuthentication(link: TerminalLink, now: number): void {
    if (!link.isWaitedFor || now - link.openedAt < this.limits.authenticateWithinMs) return;
    link.refuse('authentication_too_slow', 'no authentication in time', null);
    link.close(closeCodes.authenticationTooSlow, 'no authentication in time');
  }

  /** Only whole messages count: `ws` has no deadline for a message that stops in the middle. */
  private watchHeartbeat(link: TerminalLink, now: number): void {
    if (now - link.heardAt >= 2 * this.limits.heartbeatMs) link.cut();
  }

  private watchToken(link: TerminalLink, wallClock: number): void {
    const { session } = link;
    if (!session || wallClock < session.tokenExpiresAt * 1000 + this.limits.tokenGraceMs) return;
    link.refuse('token_expired', 'the session token expired and no new one came', null);
    link.close(closeCodes.sessionEnded, 'token expired');
  }

  private watchReading(link: TerminalLink, now: number): void {
    const { bufferedBytes } = link;
    if (bufferedBytes <= this.limits.stopSendingAboveBytes) link.stalledSince = null;
    else link.stalledSince ??= now;
    const stalled = link.stalledSince !== null && now - link.stalledSince >= this.limits.closeWithoutDrainMs;
    if (stalled || bufferedBytes > this.limits.closeAboveBytes) link.close(closeCodes.tooFast, 'not reading');
  }
}
