import type { WebSocket } from 'ws';
import type { OpenLink } from '../application/open-link.js';
import type { Wire } from '../application/ports.js';
import type { TerminalLink } from '../application/terminal-link.js';
import type { FrameIntake } from './frame-intake.js';

/** One device's WebSocket, and the link above it. */
export class TerminalSocket implements Wire {
  readonly link: TerminalLink;

  constructor(
    private readonly socket: WebSocket,
    openLink: OpenLink,
  ) {
    // `ws` itself closes with 1002, 1007, 1008 or 1009 what breaks RFC 6455; without a listener the process would end.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.link.lost(code);
    });
    this.link = openLink.execute(this);
  }

  get bufferedBytes(): number {
    return this.socket.bufferedAmount;
  }

  send(text: string): void {
    this.socket.send(text, () => undefined);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  cut(): void {
    this.socket.terminate();
  }

  feed(intake: FrameIntake): void {
    this.socket.on('message', (data, isBinary) => {
      intake.take(isBinary || !Buffer.isBuffer(data) ? null : data.toString('utf8'));
    });
    this.socket.on('ping', () => {
      intake.takePing();
    });
  }

  /** Nest's adapter interface asks for it. */
  on(event: string, listener: (...args: unknown[]) => void): void {
    this.socket.on(event, listener);
  }
}
