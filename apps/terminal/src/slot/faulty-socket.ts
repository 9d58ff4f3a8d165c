import type { Socket } from '#terminal-sdk';
import type { Faults } from './faults.js';
import type { Gate } from './gate.js';

const closed = 3;
const cutOff = 1006;
const aboutPayment = '"type":"payment.';

/** What a socket must know of its network. `measured` hears how long a heartbeat and its answer took. */
export interface Line {
  readonly faults: () => Faults;
  readonly gate: Gate;
  readonly measured: (roundTripMs: number) => void;
}

/** A WebSocket on a line that may be slow, frozen, doubled or pulled out. */
export class FaultySocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  private silent = false;
  private heartbeatAt: number | null = null;
  private readonly line: { up: number; down: number } = { up: 0, down: 0 };

  constructor(
    private readonly real: Socket,
    private readonly network: Line,
  ) {
    real.onmessage = ({ data }) => {
      for (let copy = this.copiesOf(String(data)); copy > 0; copy -= 1)
        this.pass('down', () => {
          this.receive(String(data));
        });
    };
    real.onclose = ({ code }) => {
      this.pass('down', () => this.onclose?.({ code }));
    };
  }

  get readyState(): number {
    return this.silent ? closed : this.real.readyState;
  }

  send(text: string): void {
    if (text.includes('"type":"heartbeat"')) this.heartbeatAt = performance.now();
    for (let copy = this.copiesOf(text); copy > 0; copy -= 1)
      this.pass('up', () => {
        if (this.real.readyState === WebSocket.OPEN) this.real.send(text);
      });
  }

  close(code?: number): void {
    if (!this.silent) this.real.close(code);
  }

  /** The line is cut: nothing passes any more, and the platform is told nothing. */
  silence(): void {
    this.silent = true;
  }

  /** Lets go of the line that was cut. */
  release(): void {
    this.real.close();
  }

  private receive(data: string): void {
    if (this.heartbeatAt !== null && data.includes('"type":"heartbeat.ack"')) {
      this.network.measured(Math.round(performance.now() - this.heartbeatAt));
      this.heartbeatAt = null;
    }
    this.onmessage?.({ data });
  }

  private copiesOf(text: string): number {
    return this.network.faults().duplicates && text.includes(aboutPayment) ? 2 : 1;
  }

  /** In order, also when the delay becomes shorter meanwhile. */
  private pass(way: 'up' | 'down', act: () => void): void {
    const now = performance.now();
    const at = Math.max(now + this.network.faults().delayMs, this.line[way]);
    this.line[way] = at;
    const arrive = (): void => {
      this.network.gate.run(() => {
        if (!this.silent) act();
      });
    };
    if (at <= now) arrive();
    else setTimeout(arrive, at - now);
  }
}

/** What a terminal without a network gets: a connection that never comes about. */
export class DeadSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  readonly readyState = closed;
  private readonly failing = setTimeout(() => this.onclose?.({ code: cutOff }), 100);

  send(): void {
    // Nobody is there.
  }

  close(): void {
    clearTimeout(this.failing);
  }
}
