import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import pLimit, { type LimitFunction } from 'p-limit';
import { Clock } from '#kernel';
import { sessionClaims, type SessionClaims, sessionTokenAudience, sessionTokenIssuer } from '#terminal-protocol';
import { UnauthenticatedError, UnavailableError } from '../domain/device-gateway.errors.js';
import { GatewayLimits } from './gateway-limits.js';
import { DeviceGatewaySettings } from './ports.js';

/** Verifies session tokens by the platform's public keys, and asks nobody else. */
@Injectable()
export class SessionTokens {
  private readonly turns: LimitFunction;

  constructor(
    private readonly settings: DeviceGatewaySettings,
    private readonly clock: Clock,
    limits: GatewayLimits,
  ) {
    this.turns = pLimit(limits.verificationsAtOnce);
  }

  /** Rejects with `unauthenticated`, or `unavailable` where the keys cannot be had. */
  read(token: string): Promise<SessionClaims> {
    return this.turns(() => this.verified(token));
  }

  private async verified(token: string): Promise<SessionClaims> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ['ES256'],
        issuer: sessionTokenIssuer,
        audience: sessionTokenAudience,
        currentDate: this.clock.now(),
      });
      return sessionClaims.parse(payload);
    } catch (error) {
      throw error instanceof UnavailableError ? error : new UnauthenticatedError();
    }
  }

  private readonly keys: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.settings.sessionKeys(header, token);
    } catch (error) {
      throw saysNoSuchKey(error) ? error : new UnavailableError();
    }
  };
}

/** Any other failure means that the keys could not be had, and says nothing about the token. */
const saysNoSuchKey = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
