import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { closeCodes } from '#terminal-protocol';
import { GatewayLimits } from './gateway-limits.js';
import { Links } from './links.js';
import { DeviceGatewaySettings } from './ports.js';
import { ReportDeparture } from './report-departure.js';
import type { TerminalLink } from './terminal-link.js';

const lookEveryMs = 50;
/** Devices that were sent away together do not come back together. */
const comeBackWithinMs = 1_000;

/** Empties this process before it stops: idle devices leave one by one, busy ones when their payment is settled. */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  private readonly logger = new Logger('device gateway');
  private draining = false;

  constructor(
    private readonly links: Links,
    private readonly reportDeparture: ReportDeparture,
    private readonly settings: DeviceGatewaySettings,
    private readonly limits: GatewayLimits,
  ) {}

  /** New connections are refused, and the process is not ready. */
  get isDraining(): boolean {
    return this.draining;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.execute();
  }

  async execute(): Promise<void> {
    this.draining = true;
    this.reportDeparture.stop();
    const { drainMs } = this.settings;
    const start = performance.now();
    const spreadMs = Math.min(this.limits.drainSpreadMs, drainMs / 2);
    const leaveAt = new Map(this.links.every().map((link) => [link, start + Math.random() * spreadMs]));
    if (leaveAt.size > 0) this.logger.log(`${leaveAt.size} devices leave within ${drainMs} ms`);
    for (;;) {
      const now = performance.now();
      const over = now - start >= drainMs;
      for (const link of this.links.every()) {
        const mayLeave = !link.payments.any && now >= (leaveAt.get(link) ?? now);
        if (over || mayLeave) sendAway(link);
      }
      if (this.links.count === 0) return;
      await pause(lookEveryMs);
    }
  }
}

function sendAway(link: TerminalLink): void {
  link.sendAway(Math.round(Math.random() * comeBackWithinMs), 'draining');
  link.close(closeCodes.unavailable, 'draining');
}
