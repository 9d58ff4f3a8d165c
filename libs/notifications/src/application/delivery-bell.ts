import { Injectable } from '@nestjs/common';

/** Rings in this process when deliveries were committed, so that the first try does not wait for the next look. */
@Injectable()
export class DeliveryBell {
  private listener: () => void = () => undefined;

  onRing(listener: () => void): void {
    this.listener = listener;
  }

  ring(): void {
    this.listener();
  }
}
