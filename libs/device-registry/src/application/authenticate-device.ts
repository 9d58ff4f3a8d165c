import { Injectable } from '@nestjs/common';
import type { DeviceAuthentication, DeviceRequest, SignedInDevice } from '#http-door';
import { calculateJwkThumbprint } from 'jose';
import {
  DeviceForbiddenError,
  InvalidProofError,
  SessionEndedError,
  UnknownDeviceError,
} from '../domain/device-registry.errors.js';
import { KnownDevices } from '../infrastructure/known-devices.js';
import { DeviceProof, type Proof } from './device-proof.js';
import { SessionTokens } from './session-tokens.js';

/** Which device makes this request. Every answer is one query, so that a session that ended counts at once. */
@Injectable()
export class AuthenticateDevice implements DeviceAuthentication {
  constructor(
    private readonly proofs: DeviceProof,
    private readonly tokens: SessionTokens,
    private readonly devices: KnownDevices,
  ) {}

  /** Rejects with `invalid_proof` and `unknown_device`. */
  async byKey(request: DeviceRequest): Promise<{ readonly deviceId: string }> {
    const { keyThumbprint } = await this.proofs.of(request);
    const known = await this.devices.byKey(keyThumbprint);
    if (!known) throw new UnknownDeviceError();
    return { deviceId: known.id };
  }

  /** Rejects with `invalid_proof`, `unknown_device`, `device_forbidden` where it is retired, and `session_ended`. */
  bySession(request: DeviceRequest): Promise<SignedInDevice> {
    return this.sessionOf(request, 'refused');
  }

  /**
   * As bySession, but the token may have expired: what a renewal and a log-out need. A token that is none of this platform's
   * is answered with `session_ended`: no other word would ever send the device back to its log-in.
   */
  byOldSession(request: DeviceRequest): Promise<SignedInDevice> {
    return this.sessionOf(request, 'accepted');
  }

  private async sessionOf(request: DeviceRequest, expired: 'refused' | 'accepted'): Promise<SignedInDevice> {
    const proof = await this.proofs.of(request);
    const known = await this.devices.byKey(proof.keyThumbprint);
    if (!known) throw new UnknownDeviceError();
    const claims = await this.claimsOf(proof, expired);
    if (known.retired) throw new DeviceForbiddenError('retired');
    if (known.sessionId !== claims?.session) throw new SessionEndedError();
    return { deviceId: known.id, accountId: claims.account, sessionId: claims.session, mode: claims.mode };
  }

  /** Undefined when an old token says nothing that this platform has signed. */
  private async claimsOf({ token, keyThumbprint }: Proof, expired: 'refused' | 'accepted') {
    if (token === null) throw new InvalidProofError();
    const claims = await this.tokens.read(token, expired);
    if (!claims) {
      if (expired === 'accepted') return undefined;
      throw new InvalidProofError();
    }
    if ((await calculateJwkThumbprint(claims.cnf.jwk)) !== keyThumbprint) throw new InvalidProofError();
    return claims;
  }
}
