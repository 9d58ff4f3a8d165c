import { Controller } from '@nestjs/common';
import { type EventOf, GatewayAlive } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { Nodes } from '../infrastructure/nodes.js';

/** How far the clocks of two processes may be apart. */
const clockDifferenceMs = 5_000;

/** What was said long ago and comes only now, after the broker or the database was away, makes no dead gateway alive. */
@Controller()
export class OnGatewayAlive {
  constructor(
    private readonly nodes: Nodes,
    private readonly clock: Clock,
  ) {}

  @On(GatewayAlive, 'payment-routing')
  async handle({ data, occurredAt }: EventOf<typeof GatewayAlive>, tx: Tx): Promise<void> {
    const said = Date.parse(occurredAt) + clockDifferenceMs;
    await this.nodes.alive(tx, data.node, new Date(Math.min(this.clock.now().getTime(), said)));
  }
}
