import { deviceFrame, type DeviceFrame, limits, parseFrame } from '#terminal-protocol';
import type { GatewayCounters } from '../application/gateway-counters.js';
import type { TerminalLink } from '../application/terminal-link.js';
import { MessageRate } from '../domain/message-rate.js';
import { refuse, refuseError } from './refuse.js';

export type Dispatch = (frame: DeviceFrame) => Promise<void>;

/** What comes in on one socket: counted, read, and handled one after another. */
export class FrameIntake {
  private readonly rate = new MessageRate(limits.messagesPerSecond, limits.messageBurst, performance.now());
  private queued = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly link: TerminalLink,
    private readonly counters: GatewayCounters,
    private readonly dispatch: Dispatch,
  ) {}

  /** `text` is null for a binary message. */
  take(text: string | null): void {
    if (!this.mayPass()) return;
    this.counters.framesIn += 1;
    this.link.heardAt = performance.now();
    if (text === null) {
      refuse(this.link, { code: 'not_text', message: 'messages are text' }, null);
    } else if (this.queued >= limits.queuedPerSocket) {
      refuse(this.link, { code: 'too_fast', message: 'too many messages wait for their answer' }, null);
    } else {
      this.queued += 1;
      this.last = this.last.then(() => this.handle(text));
    }
  }

  /** A ping costs an answer, as a message does; it is no sign of life, for it can slip between the parts of a message. */
  takePing(): void {
    this.mayPass();
  }

  private mayPass(): boolean {
    if (this.link.isEnded) return false;
    if (this.rate.take(performance.now())) return true;
    const message = `more than ${limits.messagesPerSecond} messages a second`;
    refuse(this.link, { code: 'too_fast', message }, null);
    return false;
  }

  private async handle(text: string): Promise<void> {
    try {
      if (!this.link.isEnded) await this.read(text);
    } finally {
      this.queued -= 1;
    }
  }

  private async read(text: string): Promise<void> {
    const parsed = parseFrame(deviceFrame, text);
    if (!parsed.ok) {
      refuse(this.link, parsed, parsed.of);
      return;
    }
    const { frame } = parsed;
    try {
      if (frame.type !== 'authenticate') this.link.requireSession();
      await this.dispatch(frame);
    } catch (error) {
      refuseError(this.link, error, frame.id);
    }
  }
}
