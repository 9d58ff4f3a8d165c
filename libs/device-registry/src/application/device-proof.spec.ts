import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DeviceRequest } from '#http-door';
import { Clock, DomainError } from '#kernel';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { DeviceProof } from './device-proof.js';
import { DeviceRegistrySettings } from './ports.js';

const path = '/device/v1/sessions';
const origin = 'https://pay.example.com';
const url = origin + path;
const now = new Date('2026-11-23T12:00:00.000Z');
const iat = now.getTime() / 1000;

class HandClock extends Clock {
  ms = now.getTime();

  override now(): Date {
    return new Date(this.ms);
  }
}

class Settings extends DeviceRegistrySettings {
  readonly sessionKey = {};
  readonly setUpCodeKey = Buffer.alloc(32);
  readonly origins = [origin, 'http://127.0.0.1:8080'];
  readonly gatewayUrl = 'wss://pay.example.com/device/v1/connect';
  readonly minimumAppVersion = '1.0.0';
}

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
interface Pair {
  readonly privateKey: Key;
  readonly jwk: JWK;
}

async function aPair(alg = 'ES256'): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}

let [device, other]: Pair[] = [];
beforeAll(async () => {
  [device, other] = [await aPair(), await aPair()];
});

interface Wanted {
  readonly claims?: JWTPayload;
  readonly header?: Record<string, unknown>;
  readonly by?: Key | undefined;
}

/** A good proof, but for what is wanted otherwise; undefined leaves a claim out. */
function aProof({ claims = {}, header = {}, by }: Wanted = {}): Promise<string> {
  if (!device) throw new Error('there is no key yet');
  return new SignJWT({ htm: 'POST', htu: url, iat, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: device.jwk, ...header })
    .sign(by ?? device.privateKey);
}

const asked = (headers: DeviceRequest['headers'], wanted: Partial<DeviceRequest> = {}): DeviceRequest => ({
  ...{ method: 'POST', url: path, headers },
  ...wanted,
});

const aVerifier = (clock: Clock = new HandClock()) => new DeviceProof(new Settings(), clock);
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

async function expectInvalid(request: DeviceRequest, verifier = aVerifier()): Promise<void> {
  const refusal: unknown = await verifier.of(request).then(
    () => 'accepted',
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).toHaveProperty('code', 'invalid_proof');
  expect(refusal).toHaveProperty('facts', {});
}

describe('A good proof', () => {
  it('names the key that signed it', async () => {
    const proof = await aVerifier().of(asked({ dpop: await aProof() }));
    const { kty, crv, x, y } = device?.jwk ?? {};
    expect(proof).toEqual({
      publicKey: { kty, crv, x, y },
      keyThumbprint: await calculateJwkThumbprint(device?.jwk ?? {}),
      token: null,
    });
  });

  it('may be for any of the origins, and says nothing of the query', async () => {
    const proof = { dpop: await aProof({ claims: { htu: `http://127.0.0.1:8080${path}` } }) };
    expect(await aVerifier().of(asked(proof, { url: `${path}?wait=3` }))).toMatchObject({ token: null });
    const withQuery = { dpop: await aProof({ claims: { htu: `${url}?wait=3#top` } }) };
    expect(await aVerifier().of(asked(withQuery))).toMatchObject({ token: null });
  });

  it('brings the token that it was made for', async () => {
    const dpop = await aProof({ claims: { ath: hashOf('the-token') } });
    for (const scheme of ['DPoP', 'dpop'])
      expect(await aVerifier().of(asked({ dpop, authorization: `${scheme} the-token` }))).toMatchObject({
        token: 'the-token',
      });
  });
});

describe('A proof is not valid', () => {
  it('when there is none, or more than one', async () => {
    const dpop = await aProof();
    await expectInvalid(asked({}));
    await expectInvalid(asked({ dpop: '' }));
    await expectInvalid(asked({ dpop: [dpop, await aProof()] }));
    await expectInvalid(asked({ dpop: `${dpop}, ${await aProof()}` }));
  });

  it.each([
    ['another method', { htm: 'GET' }],
    ['the method in lower case', { htm: 'post' }],
    ['another path', { htu: `${origin}/device/v1/sessions/current` }],
    ['another host', { htu: `https://pay.example.org${path}` }],
    ['another scheme', { htu: `http://pay.example.com${path}` }],
    ['a host that only begins so', { htu: `https://pay.example.com.evil.example${path}` }],
    ['a path without its host', { htu: path }],
    ['an end of its own that is over', { exp: iat - 1 }],
    ['a beginning of its own that is to come', { nbf: iat + 1 }],
    ['no method', { htm: undefined }],
    ['no URL', { htu: undefined }],
    ['no time', { iat: undefined }],
    ['a time that is no number', { iat: String(iat) }],
    ['no name', { jti: undefined }],
    ['an empty name', { jti: '' }],
    ['a name that is too long to remember', { jti: 'j'.repeat(129) }],
  ])('that is for %s', async (_what, claims) => {
    await expectInvalid(asked({ dpop: await aProof({ claims: claims as JWTPayload }) }));
  });

  it('that is of another type', async () => {
    for (const typ of ['JWT', 'dpop', undefined])
      await expectInvalid(asked({ dpop: await aProof({ header: { typ } }) }));
  });

  it('that is signed with another key than it shows', async () => {
    await expectInvalid(asked({ dpop: await aProof({ by: other?.privateKey }) }));
    await expectInvalid(asked({ dpop: await aProof({ header: { jwk: other?.jwk } }) }));
  });

  it('of which one letter was changed', async () => {
    const [head = '', , signature = ''] = (await aProof()).split('.');
    const claims = { htm: 'POST', htu: url, iat, jti: 'changed' };
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    await expectInvalid(asked({ dpop: `${head}.${body}.${signature}` }));
  });

  it('that is not signed at all', async () => {
    const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: device?.jwk })).toString('base64url');
    const [, body = ''] = (await aProof()).split('.');
    await expectInvalid(asked({ dpop: `${head}.${body}.` }));
  });

  it.each(['ES384', 'RS256', 'EdDSA'])('that is signed by %s, however good the signature', async (alg) => {
    const { privateKey, jwk } = await aPair(alg);
    await expectInvalid(asked({ dpop: await aProof({ header: { alg, jwk }, by: privateKey }) }));
  });

  it('that is signed with the public key as a shared secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(device?.jwk));
    const jwk = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
    const claims = { htm: 'POST', htu: url, iat, jti: randomUUID() };
    const sign = (header: JWK) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk: header }).sign(secret);
    await expectInvalid(asked({ dpop: await sign(jwk) }));
    await expectInvalid(asked({ dpop: await sign(device?.jwk ?? {}) }));
  });

  it('that shows a private key, or none', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    await expectInvalid(asked({ dpop: await aProof({ header: { jwk }, by: privateKey }) }));
    await expectInvalid(asked({ dpop: await aProof({ header: { jwk: undefined, kid: 'a-key' } }) }));
  });

  it('that writes its key in another way, for one key has one name', async () => {
    const x = device?.jwk.x ?? '';
    for (const twin of spellingsOf(x)) {
      const dpop = await aProof({ header: { jwk: { ...device?.jwk, x: twin } } });
      if (twin === x) expect(await aVerifier().of(asked({ dpop }))).toMatchObject({ publicKey: { x } });
      else await expectInvalid(asked({ dpop }));
    }
  });

  it('that is far too long', async () => {
    await expectInvalid(asked({ dpop: await aProof({ claims: { filler: 'f'.repeat(5000) } }) }));
  });
});

describe('A token', () => {
  it('is refused without the proof that names it', async () => {
    const authorization = 'DPoP the-token';
    await expectInvalid(asked({ authorization, dpop: await aProof() }));
    await expectInvalid(asked({ authorization, dpop: await aProof({ claims: { ath: hashOf('another') } }) }));
    await expectInvalid(asked({ authorization, dpop: await aProof({ claims: { ath: 'the-token' } }) }));
    await expectInvalid(asked({ authorization }));
  });

  it.each(['Bearer the-token', 'the-token', 'DPoP', 'DPoP ', 'DPoP the token', `DPoP ${'t'.repeat(4097)}`])(
    'is refused as %.20s',
    async (authorization) => {
      const ath = hashOf(authorization.replace(/^\w+ /, ''));
      await expectInvalid(asked({ authorization, dpop: await aProof({ claims: { ath } }) }));
    },
  );
});

describe('The time of a proof', () => {
  it.each([-60, 60])('may be %s s off', async (seconds) => {
    const dpop = await aProof({ claims: { iat: iat + seconds } });
    expect(await aVerifier().of(asked({ dpop }))).toMatchObject({ token: null });
  });

  it.each([-61, 61, -1e9, 1e15])('is answered with the right one when it is %s s off', async (seconds) => {
    const dpop = await aProof({ claims: { iat: iat + seconds } });
    await expect(aVerifier().of(asked({ dpop }))).rejects.toMatchObject({
      code: 'invalid_proof',
      facts: { reason: 'clock', serverTime: now.toISOString() },
    });
  });

  it('is told to nobody whose proof is wrong otherwise', async () => {
    const stale = { iat: iat - 3600 };
    await expectInvalid(asked({ dpop: await aProof({ claims: stale, by: other?.privateKey }) }));
    await expectInvalid(asked({ dpop: await aProof({ claims: { ...stale, htm: 'GET' } }) }));
  });
});

describe('A proof that was used', () => {
  it.each([0, 59, 119])('at second %s is refused for as long as its time would let it pass', async (second) => {
    const clock = new HandClock();
    const verifier = aVerifier(clock);
    await verifier.of(asked({ dpop: await aProof() }));
    clock.ms += second * 1000;
    const dpop = await aProof({ claims: { iat: iat + second + 60 } });
    await verifier.of(asked({ dpop }));
    for (const forward of [0, 1, 60, 59]) {
      clock.ms += forward * 1000;
      await expectInvalid(asked({ dpop }), verifier);
    }
  });

  it('does not stand in the way of another device that chose the same name', async () => {
    const verifier = aVerifier();
    const claims = { jti: 'the-same' };
    await verifier.of(asked({ dpop: await aProof({ claims }) }));
    const dpop = await aProof({ claims, header: { jwk: other?.jwk }, by: other?.privateKey });
    expect(await verifier.of(asked({ dpop }))).toMatchObject({ token: null });
    await expectInvalid(asked({ dpop: await aProof({ claims }) }), verifier);
  });

  it('is not used up by a request that it was not made for', async () => {
    const verifier = aVerifier();
    const dpop = await aProof();
    await expectInvalid(asked({ dpop }, { method: 'DELETE' }), verifier);
    expect(await verifier.of(asked({ dpop }))).toMatchObject({ token: null });
  });
});

/** The four texts of base64url that stand for the same 32 bytes; the first is the one that is written. */
function spellingsOf(coordinate: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(coordinate.slice(-1));
  return [0, 1, 2, 3].map((bits) => coordinate.slice(0, -1) + (alphabet[last + bits] ?? ''));
}
