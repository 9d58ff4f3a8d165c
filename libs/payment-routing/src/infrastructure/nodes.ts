import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Gateway processes, and when each was last heard of. */
@Injectable()
export class Nodes {
  async alive(tx: Tx, node: string, at: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO payment_routing.node AS known (id, alive_at) VALUES ($1, $2)
       ON CONFLICT (id) DO UPDATE SET alive_at = greatest(known.alive_at, excluded.alive_at)`,
      [node, at],
    );
  }

  /** A device may come before the node's first sign of life. A known node stays as it is. */
  async begin(tx: Tx, node: string, at: Date): Promise<void> {
    await tx.manager.query('INSERT INTO payment_routing.node (id, alive_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      node,
      at,
    ]);
  }

  /** A node that is missing holds nobody, like a silent one. */
  async forgetSilentSince(tx: Tx, at: Date): Promise<void> {
    await tx.manager.query('DELETE FROM payment_routing.node WHERE alive_at < $1', [at]);
  }
}
