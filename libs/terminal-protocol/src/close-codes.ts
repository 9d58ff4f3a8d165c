/** Why the gateway closes a connection, and so what the device does next. */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  badMessage: 4400,
  sessionEnded: 4401,
  forbidden: 4403,
  versionNotSpoken: 4406,
  authenticationTooSlow: 4408,
  superseded: 4409,
  tooFast: 4429,
  unavailable: 4503,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];
