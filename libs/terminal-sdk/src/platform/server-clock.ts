import { limits } from '#terminal-protocol';

/** Both in milliseconds. */
export interface DeviceClock {
  /** Is never set; whether it counts sleep depends on the system. */
  readonly steady: () => number;
  /** Since 1970, right or wrong. */
  readonly wall: () => number;
}

const clockOfRuntime: DeviceClock = {
  steady: () => performance.timeOrigin + performance.now(),
  wall: () => Date.now(),
};

/** By so much the wall clock may gain on the steady one between two looks. */
const jumpMs = 5_000;

/** The server's time by the device's own clock: an offset, and how old it is. A wrong wall clock does no harm. */
export class ServerClock {
  private offsetMs = 0;
  private heardAt = -Infinity;
  private ahead: number;

  constructor(private readonly device: DeviceClock = clockOfRuntime) {
    this.ahead = this.aheadNow;
  }

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

  /** True once after the device has slept, or its clock was put forward: what was sent to it before may be long out of date. */
  hasJumped(): boolean {
    const before = this.ahead;
    this.ahead = this.aheadNow;
    return this.ahead - before > jumpMs;
  }

  private get aheadNow(): number {
    return this.device.wall() - this.device.steady();
  }

  /** With an older offset, no payment is started. */
  get isFresh(): boolean {
    return this.device.steady() - this.heardAt <= limits.clockOffsetMaxAgeMs;
  }
}
