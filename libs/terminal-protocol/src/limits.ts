/** The numbers both sides must agree on; times in milliseconds, sizes in bytes. */
export const limits = {
  subProtocol: 'terminal.v1',
  path: '/device/v1/connect',
  upBytes: 16 * 1024,
  downBytes: 64 * 1024,
  depth: 16,
  heartbeatMs: 10_000,
  authenticateWithinMs: 5_000,
  ackWithinMs: 5_000,
  /** How long a device waits for `payment.proceed` after `payment.begin`. */
  proceedWithinMs: 10_000,
  tokenGraceMs: 60_000,
  /** A device whose server clock offset is older than this starts no payment. */
  clockOffsetMaxAgeMs: 60_000,
  supersededWaitMs: 30_000,
  messagesPerSecond: 20,
  messageBurst: 40,
  queuedPerSocket: 16,
  unsettledMax: 32,
} as const;
