import { Webhook } from 'standardwebhooks';

interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly at: Date;
  /** Plain base64; each one signs. */
  readonly secrets: readonly string[];
}

/** The headers of a webhook (Standard Webhooks 1.0). */
export function signedHeaders({ messageId, body, at, secrets }: Message): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Tillgate-Webhooks/1.0',
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, at, body)).join(' '),
  };
}
