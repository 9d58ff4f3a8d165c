import { Injectable } from '@nestjs/common';
import type { ReportedFrame } from './published-events.js';
import { Reports } from './reports.js';
import type { TerminalLink } from './terminal-link.js';

/** Passes on what a device says; only when this has resolved may the device be told so. */
@Injectable()
export class ReportMessage {
  constructor(private readonly reports: Reports) {}

  /** Rejects with `not_authenticated`, `unavailable`. */
  async execute(link: TerminalLink, frame: ReportedFrame): Promise<void> {
    const { connection } = link.requireSession();
    // First, for the answer may pass before this knows that the report has arrived.
    link.heard(frame);
    await this.reports.frame(frame, connection);
    link.endIfIdle();
  }
}
