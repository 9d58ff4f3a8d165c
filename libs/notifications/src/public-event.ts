/** What a point of sale may hear about; an endpoint and a reader choose among these. */
export const publicEventTypes = [
  'cardTransaction',
  'terminalCancel',
  'payment.requested',
  'payment.shown',
  'payment.processing',
  'payment.resumed',
  'payment.approved',
  'payment.declined',
  'payment.cancelled',
  'payment.not_delivered',
  'payment.abandoned',
  'payment.failed',
  'payment.unknown',
  'payment.conflict',
  'device.registered',
  'device.online',
  'device.offline',
  'device.locked',
  'device.unlocked',
  'device.retired',
  'device.unpaired',
  'api_mode.changed',
  'webhook.disabled',
] as const;

export type PublicEventType = (typeof publicEventTypes)[number];

/** What the published API sends, so that an existing receiver understands everything it gets. */
export const compatibleTypes: readonly PublicEventType[] = ['cardTransaction', 'terminalCancel'];

/** Something that an account's log will say. */
export interface NewPublicEvent {
  readonly type: PublicEventType;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An entry of an account's log: `sequence` counts from 1 without gaps. */
export interface PublicEvent extends NewPublicEvent {
  readonly id: string;
  readonly sequence: number;
  readonly occurredAt: Date;
}

/** In the log, on the stream and in a webhook: the one envelope of the added events. */
export interface EventEnvelope extends NewPublicEvent {
  readonly id: string;
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
}

export const inEnvelope = ({ id, type, sequence, occurredAt, data }: PublicEvent): EventEnvelope => ({
  id,
  type,
  sequence,
  occurredAt: occurredAt.toISOString(),
  data,
});

/** What a webhook brings: the two compatible types have the published shape, which names the transaction or the terminal and nothing more. */
export function webhookOf(event: EventEnvelope): {
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
} {
  // The same event has the same id at every endpoint and at every try.
  const messageId = `msg_${event.id.replaceAll('-', '')}`;
  return { messageId, type: event.type, body: JSON.stringify(bodyOf(event)) };
}

function bodyOf(event: EventEnvelope): object {
  const { type, data } = event;
  if (type === 'cardTransaction') return { id: data.id, type };
  if (type === 'terminalCancel') return { type, data };
  return event;
}
