/** A payment that the device may still show or charge; a device holds at most one of the first three. */
export const openStatuses = ['requested', 'shown', 'processing', 'unknown'] as const;
/** Written once, and never changed. */
export const finalStatuses = ['approved', 'declined', 'cancelled', 'not_delivered', 'abandoned', 'failed'] as const;

export type OpenStatus = (typeof openStatuses)[number];
export type FinalStatus = (typeof finalStatuses)[number];
export type PaymentStatus = OpenStatus | FinalStatus;

export const isFinal = (status: PaymentStatus): status is FinalStatus =>
  (finalStatuses as readonly PaymentStatus[]).includes(status);
