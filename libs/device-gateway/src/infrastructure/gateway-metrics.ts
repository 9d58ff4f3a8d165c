import { Injectable } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import { GatewayCounters } from '../application/gateway-counters.js';
import { Links } from '../application/links.js';

/** What Prometheus sees of the gateway; read at each scrape. */
@Injectable()
export class GatewayMetrics {
  constructor(
    private readonly links: Links,
    private readonly counters: GatewayCounters,
  ) {}

  registerIn(registry: Registry): void {
    const { links, counters } = this;
    const registers = [registry];
    new Gauge({
      name: 'tillgate_gateway_connections',
      help: 'Open connections, by whether the device has proven itself.',
      labelNames: ['authenticated'],
      registers,
      collect() {
        this.set({ authenticated: 'true' }, links.count - links.unauthenticatedCount);
        this.set({ authenticated: 'false' }, links.unauthenticatedCount);
      },
    });
    new Counter({
      name: 'tillgate_gateway_frames_total',
      help: 'Messages from devices (in), to devices (out), and those that a device did not read in time (dropped).',
      labelNames: ['direction'],
      registers,
      collect() {
        this.reset();
        this.inc({ direction: 'in' }, counters.framesIn);
        this.inc({ direction: 'out' }, counters.framesOut);
        this.inc({ direction: 'dropped' }, counters.framesDropped);
      },
    });
    countBy(registry, 'refusals', 'Messages that were refused, by error code.', counters.refusals);
    countBy(registry, 'closes', 'Connections that ended, by close code.', counters.closes);
  }
}

function countBy(registry: Registry, name: string, help: string, counts: ReadonlyMap<string | number, number>): void {
  new Counter({
    name: `tillgate_gateway_${name}_total`,
    help,
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of counts) this.inc({ code: String(code) }, count);
    },
  });
}
