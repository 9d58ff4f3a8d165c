import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Drain } from '#device-gateway';
import { BrokerConnection } from '#messaging/broker';

@Controller('health')
export class HealthController {
  constructor(
    private readonly broker: BrokerConnection,
    private readonly drain: Drain,
  ) {}

  /** The process runs. */
  @Get('live')
  live(): object {
    return { status: 'ok' };
  }

  /** Devices may connect here. */
  @Get('ready')
  @HttpCode(200)
  ready(@Res({ passthrough: true }) reply: FastifyReply): object {
    const broker = this.broker.isConnected;
    const ready = broker && !this.drain.isDraining;
    if (!ready) void reply.status(503);
    return { status: ready ? 'ok' : 'unavailable', parts: { broker: broker ? 'up' : 'down' } };
  }
}
