import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { sessionClaims, type SessionClaims, sessionTokenAudience, sessionTokenIssuer } from '#terminal-protocol';
import { calculateJwkThumbprint, createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import type { PublicKey, Session } from '../domain/device-state.js';
import { DeviceRegistrySettings } from './ports.js';

const lifeSeconds = 600;
/** For a renewal the age of a token does not matter, only whether its session is open. */
const anyAgeSeconds = 100 * 365 * 24 * 3600;

export interface TokenFacts {
  readonly deviceId: string;
  readonly accountId: string;
  readonly publicKey: PublicKey;
  readonly session: Session;
}

/** Session tokens: what a gateway checks without asking anybody. */
@Injectable()
export class SessionTokens {
  private verifying: ReturnType<typeof createLocalJWKSet> | undefined;
  private signing: Promise<{ key: Awaited<ReturnType<typeof importJWK>>; kid: string }> | undefined;

  constructor(
    private readonly settings: DeviceRegistrySettings,
    private readonly clock: Clock,
  ) {}

  async issue({ deviceId, accountId, publicKey, session }: TokenFacts): Promise<string> {
    const { key, kid } = await this.signingKey();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const { kty, crv, x, y } = publicKey;
    return new SignJWT({
      account: accountId,
      session: session.id,
      sessionNumber: session.number,
      mode: session.mode,
      cnf: { jwk: { kty, crv, x, y } },
    })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
      .setSubject(deviceId)
      .setIssuer(sessionTokenIssuer)
      .setAudience(sessionTokenAudience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifeSeconds)
      .sign(key);
  }

  /** Undefined when it is none of this platform's, or has expired. */
  async read(token: string, expired: 'refused' | 'accepted' = 'refused'): Promise<SessionClaims | undefined> {
    try {
      this.verifying ??= createLocalJWKSet(await this.publicKeys());
      const { payload } = await jwtVerify(token, this.verifying, {
        algorithms: ['ES256'],
        issuer: sessionTokenIssuer,
        audience: sessionTokenAudience,
        currentDate: this.clock.now(),
        clockTolerance: expired === 'accepted' ? anyAgeSeconds : 0,
      });
      return sessionClaims.parse(payload);
    } catch {
      return undefined;
    }
  }

  /** RFC 7517; what gateways verify with. */
  async publicKeys(): Promise<JSONWebKeySet> {
    const { kty, crv, x, y } = this.settings.sessionKey as { kty: string; crv: string; x: string; y: string };
    const { kid } = await this.signingKey();
    return { keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] };
  }

  private signingKey(): NonNullable<typeof this.signing> {
    this.signing ??= (async () => ({
      key: await importJWK(this.settings.sessionKey, 'ES256'),
      kid: await calculateJwkThumbprint(this.settings.sessionKey),
    }))();
    return this.signing;
  }
}
