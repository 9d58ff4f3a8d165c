import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id, the least that OWASP asks for: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

@Injectable()
export class PasswordHashes {
  /** Compared with when there is no user or no password, so that the answer takes as long. */
  private readonly nobodys = hash(randomBytes(32), cost);

  of(password: string): Promise<string> {
    return hash(password, cost);
  }

  async matches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    const same = await verify(passwordHash ?? (await this.nobodys), password);
    return same && typeof passwordHash === 'string';
  }
}
