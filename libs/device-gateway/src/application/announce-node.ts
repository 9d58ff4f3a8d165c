import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DevicesHeld, GatewayAlive } from '#contracts';
import { RepeatingTask } from '#messaging/broker';
import { GatewayLimits } from './gateway-limits.js';
import { Links } from './links.js';
import { DeviceGatewaySettings } from './ports.js';
import { ReportDeparture } from './report-departure.js';
import { Reports } from './reports.js';

/** Says that this node lives, and from time to time whom it holds, so that what the platform forgot comes back by itself. */
@Injectable()
export class AnnounceNode implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly alive: RepeatingTask;

  constructor(
    private readonly settings: DeviceGatewaySettings,
    private readonly links: Links,
    private readonly reports: Reports,
    private readonly reportDeparture: ReportDeparture,
    private readonly limits: GatewayLimits,
  ) {
    this.alive = new RepeatingTask('gateway alive', limits.aliveEveryMs, () => this.execute());
    // A broker that was away may have forgotten what it was told.
    reports.onReconnect(() => {
      for (const link of links.every()) link.announcedAt = -Infinity;
    });
  }

  onApplicationBootstrap(): void {
    void this.execute();
    this.alive.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.alive.stop();
  }

  async execute(): Promise<void> {
    const { node } = this.settings;
    try {
      await this.reports.ofNode(GatewayAlive, { node });
      await this.reportDeparture.reportAgain();
      await this.announceLinks(node);
    } catch {
      // Logged where it failed; the next time comes soon.
    }
  }

  private async announceLinks(node: string): Promise<void> {
    const notSince = performance.now() - this.limits.heldEveryMs;
    const due = this.links.every().filter((link) => link.isReady && link.announcedAt <= notSince);
    for (let from = 0; from < due.length; from += this.limits.heldPerMessage) {
      const links = due.slice(from, from + this.limits.heldPerMessage);
      const connections = links.flatMap(({ session }) => (session ? [session.connection] : []));
      await this.reports.ofNode(DevicesHeld, { node, connections });
      for (const link of links) link.announcedAt = performance.now();
    }
  }
}
