import { Injectable } from '@nestjs/common';

/** What this process counts since its start; the app makes metrics of it. */
@Injectable()
export class GatewayCounters {
  framesIn = 0;
  framesOut = 0;
  /** Frames that a device did not read in time. */
  framesDropped = 0;
  authenticationFailures = 0;
  readonly closes = new Map<number, number>();

  closed(code: number): void {
    this.closes.set(code, (this.closes.get(code) ?? 0) + 1);
  }
}
