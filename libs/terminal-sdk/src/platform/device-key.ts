import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** The terminal's own P-256 key; its private half never leaves it. */
export class DeviceKey {
  private constructor(
    readonly privateKey: CryptoKey,
    readonly publicJwk: PublicJwk,
  ) {}

  /** `extractable: false` where the store keeps CryptoKeys, as IndexedDB does. */
  static async generate(extractable: boolean): Promise<DeviceKey> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable });
    return new DeviceKey(privateKey, publicPart(await exportJWK(publicKey)));
  }

  static async fromJwk(jwk: JWK): Promise<DeviceKey> {
    const key = await importJWK(jwk, 'ES256', { extractable: true });
    if (key instanceof Uint8Array) throw new TypeError('a device key is a P-256 key');
    return new DeviceKey(key, publicPart(jwk));
  }

  static fromCryptoKey(key: CryptoKey, publicJwk: PublicJwk): DeviceKey {
    return new DeviceKey(key, publicJwk);
  }

  /** The private half; rejects unless it was made extractable. */
  privateJwk(): Promise<JWK> {
    return exportJWK(this.privateKey);
  }

  sign(typ: string, claims: Readonly<Record<string, unknown>>): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ, jwk: { ...this.publicJwk } })
      .sign(this.privateKey);
  }
}

function publicPart({ x, y }: JWK): PublicJwk {
  if (x === undefined || y === undefined) throw new TypeError('a device key is a P-256 key');
  return { kty: 'EC', crv: 'P-256', x, y };
}
