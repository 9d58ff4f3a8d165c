import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccountsSettings } from './ports.js';

const randomToken = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const shape = (prefix: string): RegExp => new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`);

/** 256 random bits behind a prefix by which a leaked one is recognised; stored as SHA-256, which is enough for a random secret. */
class TokenKind {
  readonly #shape: RegExp;

  constructor(private readonly prefix: string) {
    this.#shape = shape(prefix);
  }

  issue(): { readonly token: string; readonly hash: Buffer } {
    const token = randomToken(this.prefix);
    return { token, hash: sha256(token) };
  }

  /** Undefined for a text that cannot be one: that needs no query. */
  hashOf(text: string): Buffer | undefined {
    return this.#shape.test(text) ? sha256(text) : undefined;
  }
}

export const apiTokens = new TokenKind('tg_api_');
export const consoleTokens = new TokenKind('tg_con_');

/** Hashes of what people choose, which are too few to be hashed without a key. */
@Injectable()
export class KeyedHashes {
  constructor(private readonly settings: AccountsSettings) {
    if (settings.pinKey.length < 32) throw new Error('pinKey must have at least 32 bytes');
  }

  /** The same PIN gives another hash in another account. */
  ofPin(accountId: string, pin: string): Buffer {
    return this.hmac('pin', `${accountId}:${pin}`);
  }

  ofEmail(email: string): string {
    return this.hmac('email', email).toString('hex');
  }

  /** `purpose` keeps hashes of different things apart. */
  private hmac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.settings.pinKey).update(`${purpose}:${text}`).digest();
  }
}
