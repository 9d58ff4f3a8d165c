import type { SocketFactory } from '#terminal-sdk';
import { browserSocket } from '#terminal-sdk/browser';
import type { Faults } from './faults.js';
import { DeadSocket, FaultySocket } from './faulty-socket.js';
import type { Gate } from './gate.js';

/** The network as one terminal has it, from one switching on to the next. */
export class FaultyNetwork {
  private readonly sockets = new Set<FaultySocket>();
  private cut = false;

  constructor(
    readonly faults: () => Faults,
    readonly gate: Gate,
    readonly measured: (roundTripMs: number) => void,
  ) {}

  readonly socket: SocketFactory = (url, subProtocol) => {
    if (this.isDead) return new DeadSocket();
    const socket = new FaultySocket(browserSocket(url, subProtocol), this);
    this.sockets.add(socket);
    return socket;
  };

  readonly fetch: typeof fetch = async (...call) => {
    await this.pass();
    const answer = await fetch(...call);
    await this.pass();
    return answer;
  };

  /** The cable is pulled: what is connected falls silent. */
  silence(): void {
    for (const socket of this.sockets) socket.silence();
  }

  /** The cable is in again: what was cut off is let go. */
  release(): void {
    for (const socket of this.sockets) socket.release();
    this.sockets.clear();
  }

  /** For good: the terminal behind it has no power. */
  cutOff(): void {
    this.cut = true;
    this.silence();
  }

  private get isDead(): boolean {
    return this.cut || this.faults().unplugged;
  }

  private async pass(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.faults().delayMs));
    await this.gate.passed();
    if (this.isDead) throw new TypeError('there is no network');
  }
}
