import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { RateLimitGuard } from '../rate-limits/rate-limit.guard.js';
import { RateLimits } from '../rate-limits/rate-limits.js';
import { SharedCountsTable } from '../rate-limits/shared-counts.js';
import { CallerGuard } from './caller.guard.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DoorRules } from './door-rules.js';
import { HealthController } from './health.controller.js';

/** In this order: who it is, then how much they may. */
const guards = [CallerGuard, RateLimitGuard].map((guard) => ({ provide: APP_GUARD, useClass: guard }));

/** Who may come in by HTTP, and how the process is. */
@Module({
  imports: [DiscoveryModule],
  controllers: [DeadLettersController, HealthController],
  providers: [DoorRules, RateLimits, SharedCountsTable, ...guards],
})
export class HttpModule {}
