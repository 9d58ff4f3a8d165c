import { Injectable } from '@nestjs/common';
import { type Connection, isNewer } from '../domain/connection.js';
import { SupersededError } from '../domain/device-gateway.errors.js';
import type { TerminalLink } from './terminal-link.js';

/** The live links of this process, and which of them is each device's newest. */
@Injectable()
export class Links {
  private readonly all = new Map<string, TerminalLink>();
  private readonly newest = new Map<string, TerminalLink>();

  get count(): number {
    return this.all.size;
  }

  /** A link that is signed in is always its device's newest, for the older one ends at once. */
  get unauthenticatedCount(): number {
    return this.all.size - this.newest.size;
  }

  add(link: TerminalLink): void {
    this.all.set(link.connectionId, link);
  }

  find(connectionId: string): TerminalLink | undefined {
    return this.all.get(connectionId);
  }

  every(): TerminalLink[] {
    return [...this.all.values()];
  }

  /** Makes it the device's newest and answers the one that was; throws `superseded` when that one is newer. */
  claim(link: TerminalLink, connection: Connection): TerminalLink | undefined {
    const older = this.newest.get(connection.deviceId);
    if (older && !isNewer(connection, older.requireSession().connection)) throw new SupersededError();
    this.newest.set(connection.deviceId, link);
    return older;
  }

  /** A link removes only itself. Answers whether it was its device's newest. */
  remove(link: TerminalLink): boolean {
    this.all.delete(link.connectionId);
    const deviceId = link.session?.connection.deviceId;
    if (deviceId === undefined || this.newest.get(deviceId) !== link) return false;
    this.newest.delete(deviceId);
    return true;
  }
}
