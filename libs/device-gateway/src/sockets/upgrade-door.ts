import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { limits } from '#terminal-protocol';
import { Drain } from '../application/drain.js';
import { GatewayLimits } from '../application/gateway-limits.js';
import { Links } from '../application/links.js';
import { DeviceGatewaySettings } from '../application/ports.js';

export interface Refusal {
  readonly status: 400 | 403 | 404 | 503;
  readonly code: string;
  readonly message: string;
}

const terminalProtocol = /^terminal\.v\d{1,3}$/;

/** Decides before the upgrade completes: what is refused here costs no socket. */
@Injectable()
export class UpgradeDoor {
  constructor(
    private readonly drain: Drain,
    private readonly links: Links,
    private readonly limits: GatewayLimits,
    private readonly settings: DeviceGatewaySettings,
  ) {}

  isForUs(request: IncomingMessage): boolean {
    return request.url?.split('?', 1)[0] === limits.path;
  }

  refusalOf({ headers }: IncomingMessage): Refusal | null {
    const { origin } = headers;
    if (origin !== undefined && !this.settings.allowedBrowserOrigins.includes(origin)) {
      return { status: 403, code: 'forbidden', message: 'this origin may not connect' };
    }
    const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (subProtocolOf(new Set(offered)) === false) {
      return { status: 400, code: 'version_not_spoken', message: `the sub-protocol is ${limits.subProtocol}` };
    }
    if (this.drain.isDraining) return { status: 503, code: 'unavailable', message: 'this process stops' };
    if (this.links.unauthenticatedCount >= this.limits.unauthenticatedAtMost) {
      return { status: 503, code: 'unavailable', message: 'too many connections wait for their authentication' };
    }
    return null;
  }
}

/** Ours if offered; else another version of it, which is let in only to be told 4406, for browsers hide the status of a refusal. */
export function subProtocolOf(offered: ReadonlySet<string>): string | false {
  if (offered.has(limits.subProtocol)) return limits.subProtocol;
  return [...offered].find((name) => terminalProtocol.test(name)) ?? false;
}
