import { Injectable } from '@nestjs/common';
import { DeviceStatusReported } from '#contracts';
import type { DeviceFrameOf } from '#terminal-protocol';
import { Reports } from './reports.js';
import type { TerminalLink } from './terminal-link.js';

type Status = Pick<DeviceFrameOf<'heartbeat'>, 'screen' | 'battery' | 'network'>;

/** Reports what the device shows and has, and only when it changed. */
@Injectable()
export class ReportStatus {
  constructor(private readonly reports: Reports) {}

  /** What could not be reported is reported with the next heartbeat. */
  async execute(link: TerminalLink, { screen, battery, network }: Status): Promise<void> {
    const status = { screen, battery, network };
    const said = JSON.stringify(status);
    if (said === link.lastStatus) return;
    const { connection } = link.requireSession();
    const taken = await this.reports.ofConnection(DeviceStatusReported, connection, { ...connection, ...status }).then(
      () => true,
      () => false,
    );
    if (taken) link.lastStatus = said;
  }
}
