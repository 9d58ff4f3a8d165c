import { randomUUID } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { newId } from '#kernel';
import { type ConnectionProof, type DeviceFrameOf, sessionTokenAudience, sessionTokenIssuer } from '#terminal-protocol';
import { openSocket, type TestSocket } from './a-socket.js';

/** A gateway that devices reach, and the platform's key for session tokens. */
export interface Reachable {
  readonly port: number;
  readonly origin: string;
  readonly signingKey: CryptoKey;
}

export interface TokenWishes {
  readonly claims?: object;
  readonly expiresInSeconds?: number;
  readonly issuer?: string;
  readonly audience?: string;
  readonly key?: CryptoKey | Uint8Array;
  readonly alg?: string;
  readonly kid?: string;
}

export interface AuthenticateWishes {
  readonly proof?: Partial<ConnectionProof>;
  readonly proofKey?: CryptoKey;
  readonly frame?: Partial<DeviceFrameOf<'authenticate'>>;
}

/** A device with its key and a session of its own. */
export class TestTerminal {
  readonly deviceId = newId();
  readonly accountId = newId();
  readonly bootId = randomUUID();
  sessionId = newId();
  sessionNumber = 1;
  connectSequence = 0;

  constructor(
    readonly gateway: Reachable,
    readonly key: CryptoKey,
    readonly publicKey: JWK,
  ) {}

  token({ claims = {}, expiresInSeconds = 600, ...wishes }: TokenWishes = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const { kty, crv, x, y } = this.publicKey;
    const said = {
      account: this.accountId,
      session: this.sessionId,
      sessionNumber: this.sessionNumber,
      mode: 'api',
      cnf: { jwk: { kty, crv, x, y } },
      ...claims,
    };
    return new SignJWT(said)
      .setProtectedHeader({ alg: wishes.alg ?? 'ES256', kid: wishes.kid ?? 'one' })
      .setSubject(this.deviceId)
      .setIssuer(wishes.issuer ?? sessionTokenIssuer)
      .setAudience(wishes.audience ?? sessionTokenAudience)
      .setIssuedAt(now)
      .setExpirationTime(now + expiresInSeconds)
      .sign(wishes.key ?? this.gateway.signingKey);
  }

  /** The `authenticate` for this very connection, with what the test wants to be wrong in it. */
  async authenticate(
    socket: TestSocket,
    { proof = {}, proofKey, frame = {} }: AuthenticateWishes = {},
  ): Promise<DeviceFrameOf<'authenticate'>> {
    const hello = await socket.first('hello');
    const signed: ConnectionProof = {
      nonce: hello.nonce,
      connectionId: hello.connectionId,
      origin: this.gateway.origin,
      bootId: this.bootId,
      connectSequence: this.connectSequence,
      ...proof,
    };
    const bytes = new TextEncoder().encode(JSON.stringify(signed));
    const jws = await new CompactSign(bytes).setProtectedHeader({ alg: 'ES256' }).sign(proofKey ?? this.key);
    return {
      type: 'authenticate',
      id: newId(),
      sessionToken: await this.token(),
      proof: jws,
      bootId: this.bootId,
      connectSequence: this.connectSequence,
      appVersion: '1.0.0',
      screen: 'idle',
      unsettled: [],
      ...frame,
    };
  }

  /** A new connection, up to `ready`. */
  async connect(wishes: AuthenticateWishes = {}): Promise<TestSocket> {
    this.connectSequence += 1;
    const socket = await openSocket(this.gateway);
    socket.send(await this.authenticate(socket, wishes));
    await socket.first('ready');
    return socket;
  }
}

export async function aTerminal(gateway: Reachable): Promise<TestTerminal> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return new TestTerminal(gateway, privateKey, await exportJWK(publicKey));
}

export const connectionIdOf = async (socket: TestSocket): Promise<string> => (await socket.first('hello')).connectionId;
