import { limits } from '#terminal-protocol';
import type { PaymentDesk } from '../payments/payment-desk.js';
import { Timers } from '../timers.js';
import type { PlatformClient } from './platform-client.js';
import { ReconnectPolicy } from './reconnect-policy.js';

/** Brings results to the platform that no connection takes any more: again and again, until it has them all. */
export class ResultDelivery {
  private readonly timers = new Timers();
  private readonly policy: ReconnectPolicy;
  private round: object | null = null;

  constructor(
    private readonly client: PlatformClient,
    private readonly desk: PaymentDesk,
    random: () => number,
  ) {
    this.policy = new ReconnectPolicy(random);
  }

  start(): void {
    this.stop();
    const round = {};
    this.round = round;
    void this.deliver(round);
  }

  stop(): void {
    this.round = null;
    this.timers.clear();
  }

  private async deliver(round: object): Promise<void> {
    const results = this.desk.unsettled.flatMap(({ paymentId, attempt, result }) =>
      result ? [{ paymentId, attempt, ...result }] : [],
    );
    const batch = results.slice(0, limits.unsettledMax);
    const settled = batch.length === 0 ? [] : await this.client.deliver(batch).catch(() => []);
    for (const paymentId of settled) await this.desk.take({ type: 'settled', paymentId });
    if (this.round !== round || !this.isOwing) return;
    this.timers.after(settled.length > 0 ? 0 : this.policy.jitter(), () => void this.deliver(round));
  }

  /** The acquirer may still owe an answer, which becomes a result. */
  private get isOwing(): boolean {
    return this.desk.unsettled.some(({ result, stage }) => result !== null || stage === 'started');
  }
}
