import { eventually } from '../../support/eventually.js';
import {
  type WebhookAnswer,
  type WebhookRequest,
  WebhookSender,
} from '../../../libs/notifications/src/application/ports.js';
import type { Notifications } from './support.js';

interface Sent {
  readonly request: WebhookRequest;
  /** Nobody hears of it before this is called. */
  readonly answer: (status: number) => void;
}

/** Sends nothing anywhere; every request is under way until the test answers it. */
export class GatedSender extends WebhookSender {
  readonly sent: Sent[] = [];

  static of(notifications: Notifications): GatedSender {
    return notifications.get(WebhookSender) as GatedSender;
  }

  override problemOf(): null {
    return null;
  }

  override send(request: WebhookRequest): Promise<WebhookAnswer> {
    return new Promise((resolve) => {
      const answer = (status: number): void => {
        resolve({ status, problem: null, body: null, askedMs: null, tookMs: 1 });
      };
      this.sent.push({ request, answer });
    });
  }

  /** The requests so far, as soon as there are that many. */
  untilSent(count: number): Promise<readonly Sent[]> {
    return eventually(`${count} requests are under way`, () => this.sent.length === count && this.sent);
  }

  answerAll(status: number): void {
    for (const { answer } of this.sent) answer(status);
  }
}
