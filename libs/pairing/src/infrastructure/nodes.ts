import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

@Injectable()
export class Nodes {
  async seen(tx: Tx, node: string, at: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO pairing.node AS known (id, alive_at) VALUES ($1, $2)
       ON CONFLICT (id) DO UPDATE SET alive_at = greatest(known.alive_at, excluded.alive_at)`,
      [node, at],
    );
  }
}
