import { compactVerify, importJWK } from 'jose';
import { connectionProof, type SessionClaims } from '#terminal-protocol';
import { UnauthenticatedError } from '../domain/device-gateway.errors.js';

export interface Challenge {
  readonly nonce: string;
  readonly connectionId: string;
  readonly bootId: string;
  readonly connectSequence: number;
  readonly origins: readonly string[];
}

/** The device's own key signed this very connection of this very host: nothing recorded elsewhere opens it. Rejects with `unauthenticated`. */
export async function requireProof(proof: string, claims: SessionClaims, challenge: Challenge): Promise<void> {
  const signed = await read(proof, claims);
  const genuine =
    signed.nonce === challenge.nonce &&
    signed.connectionId === challenge.connectionId &&
    signed.bootId === challenge.bootId &&
    signed.connectSequence === challenge.connectSequence &&
    challenge.origins.map(asHttp).includes(asHttp(signed.origin));
  if (!genuine) throw new UnauthenticatedError();
}

async function read(proof: string, claims: SessionClaims) {
  try {
    const key = await importJWK({ ...claims.cnf.jwk }, 'ES256');
    const { payload } = await compactVerify(proof, key, { algorithms: ['ES256'] });
    return connectionProof.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    throw new UnauthenticatedError();
  }
}

/** `wss://host` and `https://host` are the same door. */
const asHttp = (origin: string): string => origin.replace(/^ws/, 'http');
