import { limits } from '#terminal-protocol';

/** Both in milliseconds. */
export interface DeviceClock {
  /** Counts sleep and is never set. */
  readonly steady: () => number;
  /** Since 1970, right or wrong. */
  readonly wall: () => number;
}

const clockOfRuntime: DeviceClock = {
  steady: () => performance.timeOrigin + performance.now(),
  wall: () => Date.now(),
};

/** The server's time by the device's own clock: an offset, and how old it is. A wrong wall clock does no harm. */
export class ServerClock {
  private offsetMs = 0;
  private heardAt = -Infinity;

  constructor(private readonly device: DeviceClock = clockOfRuntime) {}

  hear(serverTime: string): void {
    this.heardAt = this.device.steady();
    this.offsetMs = Date.parse(serverTime) - this.heardAt;
  }

  /** Milliseconds since 1970 by the server, as far as known. */
  now(): number {
    return this.heardAt === -Infinity ? this.device.wall() : this.device.steady() + this.offsetMs;
  }

  /** Milliseconds since 1970 by the device, right or wrong. */
  get deviceTime(): number {
    return this.device.wall();
  }

  /** With an older offset, no payment is started. */
  get isFresh(): boolean {
    return this.device.steady() - this.heardAt <= limits.clockOffsetMaxAgeMs;
  }
}
