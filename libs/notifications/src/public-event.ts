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

/** In the log, on the stream and in a webhook, in the one envelope of the added events. */
export const inEnvelope = ({ id, type, sequence, occurredAt, data }: PublicEvent): Record<string, unknown> => ({
  id,
  type,
  sequence,
  occurredAt: occurredAt.toISOString(),
  data,
});

/** The body of a webhook: the two compatible types have the published shape, which names the transaction or the terminal and nothing more. */
export function webhookBody(event: PublicEvent): Record<string, unknown> {
  const { type, data } = event;
  if (type === 'cardTransaction') return { id: data.id, type };
  if (type === 'terminalCancel') return { type, data };
  return inEnvelope(event);
}
