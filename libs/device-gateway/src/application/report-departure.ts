import { Injectable } from '@nestjs/common';
import { DeviceDisconnected } from '#contracts';
import type { Connection } from '../domain/connection.js';
import { Links } from './links.js';
import { Reports } from './reports.js';
import type { TerminalLink } from './terminal-link.js';

interface Departure {
  readonly connection: Connection;
  readonly closeCode: number;
}

const atOnce = 100;

/**
 * Reports the end of a device's newest link. A gateway that goes on living would seem to hold the device for ever, so a
 * report that nobody took is kept, one for each device, and made again.
 */
@Injectable()
export class ReportDeparture {
  private readonly unreported = new Map<string, Departure>();
  private silent = false;

  constructor(
    private readonly links: Links,
    private readonly reports: Reports,
  ) {}

  /** What a superseded link was, the newer one has already said. */
  execute(link: TerminalLink, closeCode: number): void {
    const wasNewest = this.links.remove(link);
    if (!wasNewest || !link.session || this.silent) return;
    const departure = { connection: link.session.connection, closeCode };
    this.unreported.set(departure.connection.deviceId, departure);
    void this.report(departure);
  }

  /** A process that stops does not mark its devices offline: they are on their way to another one. */
  stop(): void {
    this.silent = true;
    this.unreported.clear();
  }

  async reportAgain(): Promise<void> {
    await Promise.all([...this.unreported.values()].slice(0, atOnce).map((departure) => this.report(departure)));
  }

  private async report(departure: Departure): Promise<void> {
    const { connection, closeCode } = departure;
    try {
      await this.reports.ofConnection(DeviceDisconnected, connection, { ...connection, closeCode });
    } catch {
      return;
    }
    if (this.unreported.get(connection.deviceId) === departure) this.unreported.delete(connection.deviceId);
  }
}
