import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

export interface NewSetUpCode {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly hash: Buffer;
  readonly expiresAt: Date;
}

export interface RedeemedSetUpCode {
  readonly accountId: string;
  readonly accountName: string;
}

@Injectable()
export class SetUpCodes {
  async add(tx: Tx, { id, accountId, accountName, hash, expiresAt }: NewSetUpCode): Promise<void> {
    await tx.manager.query(
      `INSERT INTO device_registry.setup_code (id, account_id, account_name, hash, expires_at) VALUES ($1, $2, $3, $4, $5)`,
      [id, accountId, accountName, hash, expiresAt],
    );
  }

  /** Uses a code up, in one statement: of two devices that show the same code, one gets it. Undefined when it is not valid (any more). */
  async redeem(tx: Tx, hash: Buffer, at: Date): Promise<RedeemedSetUpCode | undefined> {
    const [rows]: [RedeemedSetUpCode[], number] = await tx.manager.query(
      `UPDATE device_registry.setup_code SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2
       RETURNING account_id AS "accountId", account_name AS "accountName"`,
      [hash, at],
    );
    return rows[0];
  }

  /** Counts one more guess from this network; gives how many there were since `windowStart`. */
  async countGuess(tx: Tx, network: string, { at, windowStart }: { at: Date; windowStart: Date }): Promise<number> {
    const [row]: { guesses: number }[] = await tx.manager.query(
      `INSERT INTO device_registry.setup_code_guesses AS known (network, since, guesses) VALUES ($1, $2, 1)
       ON CONFLICT (network) DO UPDATE
          SET since = CASE WHEN known.since < $3 THEN excluded.since ELSE known.since END,
              guesses = CASE WHEN known.since < $3 THEN 1 ELSE known.guesses + 1 END
       RETURNING guesses`,
      [network, at, windowStart],
    );
    return row?.guesses ?? 1;
  }

  /** It was no guess: the code was right. */
  async forgetGuess(tx: Tx, network: string): Promise<void> {
    await tx.manager.query('UPDATE device_registry.setup_code_guesses SET guesses = guesses - 1 WHERE network = $1', [
      network,
    ]);
  }

  async removeOld(tx: Tx, before: Date): Promise<void> {
    await tx.manager.query('DELETE FROM device_registry.setup_code WHERE expires_at < $1', [before]);
    await tx.manager.query('DELETE FROM device_registry.setup_code_guesses WHERE since < $1', [before]);
  }
}
