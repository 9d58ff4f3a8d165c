import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, HttpCode, type OnModuleDestroy, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#http-door';
import { MessagingHealth } from '#messaging';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';

const answerWithinMs = 2_000;

@ApiExcludeController()
@Controller('health')
export class HealthController implements OnModuleDestroy {
  private stops = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly messaging: MessagingHealth,
  ) {}

  onModuleDestroy(): void {
    this.stops = true;
  }

  /** The process runs. */
  @Get('live')
  @Public()
  live(): object {
    return { status: 'ok' };
  }

  /** The process can do its work: send it requests. */
  @Get('ready')
  @HttpCode(200)
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const answers = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    // One that hangs is as good as none, and who asks does not wait long.
    const database = await Promise.race([answers, sleep(answerWithinMs, false, { ref: false })]);
    const broker = this.messaging.isConnected;
    const ready = database && broker && !this.stops;
    if (!ready) void reply.status(503);
    return { status: ready ? 'ok' : 'unavailable', parts: { database: word(database), broker: word(broker) } };
  }
}

const word = (up: boolean): string => (up ? 'up' : 'down');
