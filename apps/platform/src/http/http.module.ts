import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CallerGuard } from './caller.guard.js';
import { DoorRules } from './door-rules.js';
import { HealthController } from './health.controller.js';

/** Who may come in by HTTP, and how the process is. */
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController],
  providers: [DoorRules, { provide: APP_GUARD, useClass: CallerGuard }],
})
export class HttpModule {}
