import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#kernel';
import { GatewayCounters } from './gateway-counters.js';
import { GatewayLimits } from './gateway-limits.js';
import { Links } from './links.js';
import type { Wire } from './ports.js';
import { ReportDeparture } from './report-departure.js';
import { TerminalLink } from './terminal-link.js';

/** A socket came through the door: it is greeted, and has little time to say who it is. */
@Injectable()
export class OpenLink {
  constructor(
    private readonly links: Links,
    private readonly reportDeparture: ReportDeparture,
    private readonly limits: GatewayLimits,
    private readonly counters: GatewayCounters,
    private readonly clock: Clock,
  ) {}

  execute(wire: Wire): TerminalLink {
    const { limits, counters } = this;
    const link = new TerminalLink(wire, {
      limits,
      counters,
      onEnd: (ended, code) => {
        this.reportDeparture.execute(ended, code);
      },
    });
    this.links.add(link);
    link.send({
      type: 'hello',
      id: newId(),
      connectionId: link.connectionId,
      nonce: link.nonce,
      serverTime: this.clock.now().toISOString(),
      heartbeatMs: limits.heartbeatMs,
    });
    return link;
  }
}
