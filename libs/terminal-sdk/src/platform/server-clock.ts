import { limits } from '#terminal-protocol';

/** The server's time by the device's own clock: an offset, and how old it is. A wrong wall clock does no harm. */
export class ServerClock {
  private offsetMs = 0;
  private heardAt = -Infinity;

  /** @param steady milliseconds of a clock that counts sleep and is never set. */
  constructor(private readonly steady: () => number = () => performance.timeOrigin + performance.now()) {}

  hear(serverTime: string): void {
    this.heardAt = this.steady();
    this.offsetMs = Date.parse(serverTime) - this.heardAt;
  }

  /** Milliseconds since 1970 by the server, as far as known. */
  now(): number {
    return this.heardAt === -Infinity ? Date.now() : this.steady() + this.offsetMs;
  }

  /** With an older offset, no payment is started. */
  get isFresh(): boolean {
    return this.steady() - this.heardAt <= limits.clockOffsetMaxAgeMs;
  }
}
