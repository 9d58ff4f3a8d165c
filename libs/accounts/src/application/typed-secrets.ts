import { Injectable } from '@nestjs/common';
import { checkedPassword, checkedPin } from '../domain/texts.js';
import { PasswordHashes } from '../infrastructure/password-hashes.js';
import { LogInQueue } from './log-in-queue.js';
import { KeyedHashes } from './secrets.js';

/** Makes hashes of what was typed: nothing else of it is kept. */
@Injectable()
export class TypedSecrets {
  constructor(
    private readonly queue: LogInQueue,
    private readonly passwords: PasswordHashes,
    private readonly hashes: KeyedHashes,
  ) {}

  /** Rejects with `invalid_field` and `unavailable`. */
  async passwordHash(password: string): Promise<string> {
    const checked = checkedPassword(password);
    return this.queue.run(() => this.passwords.of(checked));
  }

  /** Throws `invalid_field`. */
  pinHash(accountId: string, pin: string): Buffer {
    return this.hashes.ofPin(accountId, checkedPin(pin));
  }
}
