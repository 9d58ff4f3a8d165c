import { Controller } from '@nestjs/common';
import { type EventOf, GatewayAlive } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#kernel';
import { On } from '#messaging';
import { Nodes } from '../infrastructure/nodes.js';

@Controller()
export class OnGatewayAlive {
  constructor(
    private readonly nodes: Nodes,
    private readonly clock: Clock,
  ) {}

  @On(GatewayAlive, 'payment-routing')
  async handle({ data }: EventOf<typeof GatewayAlive>, tx: Tx): Promise<void> {
    await this.nodes.alive(tx, data.node, this.clock.now());
  }
}
