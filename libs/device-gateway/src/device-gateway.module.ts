import { Module } from '@nestjs/common';
import { AnnounceNode } from './application/announce-node.js';
import { AuthenticateDevice } from './application/authenticate-device.js';
import { DeliverFrames } from './application/deliver-frames.js';
import { Drain } from './application/drain.js';
import { GatewayCounters } from './application/gateway-counters.js';
import { GatewayLimits } from './application/gateway-limits.js';
import { Links } from './application/links.js';
import { OpenLink } from './application/open-link.js';
import { RenewToken } from './application/renew-token.js';
import { ReportDeparture } from './application/report-departure.js';
import { ReportMessage } from './application/report-message.js';
import { ReportStatus } from './application/report-status.js';
import { Reports } from './application/reports.js';
import { SessionTokens } from './application/session-tokens.js';
import { WatchLinks } from './application/watch-links.js';
import { GatewayMetrics } from './infrastructure/gateway-metrics.js';
import { TerminalGateway } from './sockets/terminal.gateway.js';
import { UpgradeDoor } from './sockets/upgrade-door.js';

/** Needs `DeviceGatewaySettings`, `Clock`, `EventPublisher` and `NodeMail`, and `TerminalWsAdapter` installed; no database. */
@Module({
  providers: [
    AnnounceNode,
    AuthenticateDevice,
    DeliverFrames,
    Drain,
    GatewayCounters,
    GatewayLimits,
    GatewayMetrics,
    Links,
    OpenLink,
    RenewToken,
    ReportDeparture,
    ReportMessage,
    ReportStatus,
    Reports,
    SessionTokens,
    TerminalGateway,
    UpgradeDoor,
    WatchLinks,
  ],
  exports: [Drain, GatewayMetrics],
})
export class DeviceGatewayModule {}
