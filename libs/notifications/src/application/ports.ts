/** What the platform tells this context. */
export abstract class NotificationsSettings {
  /** 32 bytes, kept outside the database: they encrypt the secrets that sign webhooks. */
  abstract readonly encryptionKey: Buffer;
  /** Host names for which webhooks may use http and addresses of private networks. */
  abstract readonly allowedHosts: readonly string[];
}

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of one request. `status` is null when there was no answer; `problem` then says why, in a few words. */
export interface WebhookAnswer {
  readonly status: number | null;
  readonly problem: string | null;
  /** How its body begins, on one line and as far as it can be printed; null: it has none. */
  readonly body: string | null;
  readonly tookMs: number;
  /** What `retry-after` asked for. */
  readonly askedMs: number | null;
}

/** Sends to the outside world, and to nothing else. */
export abstract class WebhookSender {
  /** Why nothing may be sent to this URL; null when it may. */
  abstract problemOf(url: string): string | null;
  /** Never rejects. */
  abstract send(request: WebhookRequest): Promise<WebhookAnswer>;
}
