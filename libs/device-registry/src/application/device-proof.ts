import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DeviceRequest } from '#http-door';
import { Clock } from '#kernel';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import type { PublicKey } from '../domain/device-state.js';
import { DeviceClockError, InvalidProofError } from '../domain/device-registry.errors.js';
import { DeviceRegistrySettings } from './ports.js';
import { UsedProofs } from './used-proofs.js';

const maxAgeMs = 60_000;
/** A proof and a token have less than 1,000 characters each; what is far longer is not looked at. */
const maxHeaderLength = 5_000;

/** 32 bytes in base64url, in the one spelling of theirs (the last letter has two bits to spare): one key has one name. */
export const keyCoordinate = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

const publicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(keyCoordinate),
  y: z.string().regex(keyCoordinate),
});
const claims = z.object({
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  jti: z.string().min(1).max(128),
  ath: z.string().optional(),
});

export interface Proof {
  readonly publicKey: PublicKey;
  /** RFC 7638, the name of the key. */
  readonly keyThumbprint: string;
  /** The session token that came with it, already bound to this very proof; null when none was sent. */
  readonly token: string | null;
}

/**
 * Checks the DPoP proof of a request (RFC 9449): signed by the device's key, for this method and URL, fresh and not used
 * before in this process. Replayed in another process within its minute it yields a token that is useless without the key.
 */
@Injectable()
export class DeviceProof {
  private readonly used = new UsedProofs();

  constructor(
    private readonly settings: DeviceRegistrySettings,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `invalid_proof`; one that is good but for its time is told the time. */
  async of(request: DeviceRequest): Promise<Proof> {
    try {
      return await this.check(request);
    } catch (error) {
      throw error instanceof DeviceClockError ? error : new InvalidProofError();
    }
  }

  private async check(request: DeviceRequest): Promise<Proof> {
    const now = this.clock.now();
    const { payload, protectedHeader } = await jwtVerify(one(request.headers.dpop), EmbeddedJWK, {
      algorithms: ['ES256'],
      typ: 'dpop+jwt',
      currentDate: now,
    });
    const proof = claims.parse(payload);
    const key = publicKey.parse(protectedHeader.jwk);
    const token = tokenOf(request);
    const sameCall = proof.htm === request.method && this.urlsOf(request).includes(withoutQuery(proof.htu));
    const sameToken = token === null || proof.ath === hashOf(token);
    if (!sameCall || !sameToken) throw new InvalidProofError();
    if (Math.abs(now.getTime() - proof.iat * 1000) > maxAgeMs) throw new DeviceClockError(now);
    const keyThumbprint = await calculateJwkThumbprint(key);
    if (!this.used.use(`${keyThumbprint} ${proof.jti}`, now.getTime())) throw new InvalidProofError();
    return { publicKey: key, keyThumbprint, token };
  }

  private urlsOf(request: DeviceRequest): string[] {
    const path = withoutQuery(request.url);
    return this.settings.origins.map((origin) => origin + path);
  }
}

function one(header: string | readonly string[] | undefined): string {
  if (typeof header !== 'string' || header.length > maxHeaderLength) throw new InvalidProofError();
  return header;
}

function tokenOf({ headers: { authorization } }: DeviceRequest): string | null {
  if (authorization === undefined) return null;
  const [, token] = /^DPoP (\S{1,4096})$/i.exec(one(authorization)) ?? [];
  if (token === undefined) throw new InvalidProofError();
  return token;
}

const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? '';
const hashOf = (token: string): string => createHash('sha256').update(token, 'ascii').digest('base64url');
