import { z } from 'zod';

/**
 * The session token: a JWT (ES256, 10 minutes) signed by the platform, `sub` is the device.
 * `cnf.jwk` is the device's public key (RFC 7800), so that a gateway can check the proof and ask nobody.
 */
export const sessionClaims = z.object({
  sub: z.uuid(),
  exp: z.int(),
  account: z.uuid(),
  session: z.uuid(),
  sessionNumber: z.int().positive(),
  mode: z.enum(['api', 'standalone']),
  cnf: z.object({
    jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  }),
});
export type SessionClaims = z.output<typeof sessionClaims>;

export const sessionTokenIssuer = 'tillgate';
export const sessionTokenAudience = 'terminal.v1';
