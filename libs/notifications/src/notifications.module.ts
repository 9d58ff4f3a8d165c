import { Module } from '@nestjs/common';
import { LogEvent } from './application/log-event.js';
import { OnAccountChanged } from './application/on-account-changed.js';
import { OnDeviceChanged } from './application/on-device-changed.js';
import { OnPairingChanged } from './application/on-pairing-changed.js';
import { OnPaymentChanged } from './application/on-payment-changed.js';
import { EventsController } from './http/events.controller.js';
import { EventLog } from './infrastructure/event-log.js';
import { Sources } from './infrastructure/sources.js';
import { EventLogReader } from './queries/event-log-reader.js';
import { FollowLog } from './queries/follow-log.js';
import { LogWatch } from './queries/log-watch.js';

const reactions = [OnPaymentChanged, OnDeviceChanged, OnPairingChanged, OnAccountChanged];

/** The account's ordered event log, and the ways to hear of it. */
@Module({
  controllers: [EventsController, ...reactions],
  providers: [LogEvent, EventLog, Sources, EventLogReader, LogWatch, FollowLog],
})
export class NotificationsModule {}
