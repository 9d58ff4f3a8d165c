import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** Gateway processes, and when each was last heard of. */
@Injectable()
export class Nodes {
  async alive(tx: Tx, node: string, at: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO pairing.node AS known (id, alive_at) VALUES ($1, $2)
       ON CONFLICT (id) DO UPDATE SET alive_at = greatest(known.alive_at, excluded.alive_at)`,
      [node, at],
    );
  }

  /** A device may come before the node's first sign of life. A known node stays as it is: thousands of devices would queue for its row. */
  async begin(tx: Tx, node: string, at: Date): Promise<void> {
    await tx.manager.query('INSERT INTO pairing.node (id, alive_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      node,
      at,
    ]);
  }

  /** But not a node that was the last to hold some device: it tells since when that device is offline. */
  async forgetSilentSince(tx: Tx, at: Date): Promise<void> {
    await tx.manager.query(
      `DELETE FROM pairing.node
        WHERE alive_at < $1 AND NOT EXISTS (SELECT FROM pairing.device WHERE device.node = node.id AND device.connected)`,
      [at],
    );
  }
}
