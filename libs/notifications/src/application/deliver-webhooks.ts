import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { acrossAccounts } from '#database';
import { Clock } from '#kernel';
import { RepeatingTask } from '#messaging';
import { Deliveries, type Delivery } from '../infrastructure/deliveries.js';
import { DeliveryBell } from './delivery-bell.js';
import { NoteAnswer } from './note-answer.js';
import { type WebhookAnswer, WebhookSender } from './ports.js';
import { signedHeaders } from './sign-webhook.js';

const lookEveryMs = 1_000;
/** Longer than a request may take: a delivery of a killed process is due again after it. */
const leaseMs = 60_000;
/** Requests under way in this process, and to one endpoint. */
const atOnce = { all: 256, each: 8 } as const;

/** Sends what is due: at once what this process has just committed, and once a second what is due again or was left behind. */
@Injectable()
export class DeliverWebhooks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('webhooks');
  private readonly looking = new RepeatingTask('webhook deliveries', lookEveryMs, () => this.execute());
  /** One delivery may be under way twice: when it is asked for again meanwhile. */
  private readonly underWay = new Map<Delivery, Promise<void>>();
  private taking: Promise<void> | null = null;
  private wanted = false;
  private stopping = false;

  constructor(
    private readonly deliveries: Deliveries,
    private readonly sender: WebhookSender,
    private readonly noteAnswer: NoteAnswer,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.bell.onRing(() => {
      this.wake();
    });
    this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.looking.stop();
    await this.taking;
    await Promise.all(this.underWay.values());
  }

  /** Begins what is due now; who comes while it looks makes it look once more. */
  async execute(): Promise<void> {
    this.wanted = true;
    this.taking ??= acrossAccounts(() => this.take()).finally(() => {
      this.taking = null;
      // Somebody came after the last look and before this.
      if (this.wanted && !this.stopping) this.wake();
    });
    await this.taking;
  }

  private wake(): void {
    this.execute().catch((error: unknown) => {
      this.logger.warn(`looking for deliveries failed and is tried again: ${String(error)}`);
    });
  }

  private async take(): Promise<void> {
    while (this.wanted && !this.stopping) {
      this.wanted = false;
      const all = atOnce.all - this.underWay.size;
      if (all <= 0) return;
      const now = this.clock.now();
      const until = new Date(now.getTime() + leaseMs);
      for (const delivery of await this.deliveries.lease(now, until, { all, each: atOnce.each, busy: this.busy() })) {
        this.underWay.set(delivery, this.deliver(delivery));
      }
    }
  }

  private async deliver(delivery: Delivery): Promise<void> {
    try {
      await this.noteAnswer.execute(delivery, await this.send(delivery));
    } catch (error) {
      // Not signed, or sent perhaps and not written down: the lease ends, and it is sent again under the same id.
      this.logger.warn(`delivery ${delivery.id} will be tried again: ${String(error)}`);
    } finally {
      this.underWay.delete(delivery);
      if (!this.stopping) this.wake();
    }
  }

  /** Asynchronous also where it cannot be signed: a delivery is never over before it is noted as under way. */
  private async send(delivery: Delivery): Promise<WebhookAnswer> {
    const { url, messageId, body } = delivery;
    const secrets = this.deliveries.secretsOf(delivery);
    const headers = signedHeaders({ messageId, body, secrets, at: this.clock.now() });
    return this.sender.send({ url, headers, body });
  }

  /** Endpoints that have as many requests under way as they may. */
  private busy(): string[] {
    const counts = new Map<string, number>();
    for (const { webhookId, failing } of this.underWay.keys()) {
      counts.set(webhookId, (counts.get(webhookId) ?? 0) + (failing ? atOnce.each : 1));
    }
    return [...counts].filter(([, count]) => count >= atOnce.each).map(([id]) => id);
  }
}
