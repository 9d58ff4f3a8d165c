import { Module } from '@nestjs/common';
import { AppendEvents } from './application/append-events.js';
import { DeliverWebhooks } from './application/deliver-webhooks.js';
import { DeliveryBell } from './application/delivery-bell.js';
import { ForgetOld } from './application/forget-old.js';
import { LogEvent } from './application/log-event.js';
import { ManageWebhooks } from './application/manage-webhooks.js';
import { NoteAnswer } from './application/note-answer.js';
import { OnAccountChanged } from './application/on-account-changed.js';
import { OnDeviceChanged } from './application/on-device-changed.js';
import { OnPairingChanged } from './application/on-pairing-changed.js';
import { OnPaymentChanged } from './application/on-payment-changed.js';
import { WebhookSender } from './application/ports.js';
import { Redeliver } from './application/redeliver.js';
import { DeliveriesOfPaymentController } from './http/deliveries-of-payment.controller.js';
import { DeliveriesController } from './http/deliveries.controller.js';
import { EventsController } from './http/events.controller.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { Deliveries } from './infrastructure/deliveries.js';
import { EventLog } from './infrastructure/event-log.js';
import { Forgotten } from './infrastructure/forgotten.js';
import { HttpsWebhookSender } from './infrastructure/https-webhook-sender.js';
import { SecretBox } from './infrastructure/secret-box.js';
import { Sources } from './infrastructure/sources.js';
import { Webhooks } from './infrastructure/webhooks.js';
import { EventLogReader } from './queries/event-log-reader.js';
import { FollowLog } from './queries/follow-log.js';
import { LogWatch } from './queries/log-watch.js';
import { WebhookList } from './queries/webhook-list.js';

const doors = [EventsController, WebhooksController, DeliveriesController, DeliveriesOfPaymentController];
const reactions = [OnPaymentChanged, OnDeviceChanged, OnPairingChanged, OnAccountChanged];
const log = [LogEvent, AppendEvents, EventLog, Sources];
const webhooks = [
  ManageWebhooks,
  Redeliver,
  DeliverWebhooks,
  NoteAnswer,
  DeliveryBell,
  Webhooks,
  Deliveries,
  SecretBox,
];
const sender = { provide: WebhookSender, useClass: HttpsWebhookSender };
const queries = [EventLogReader, LogWatch, FollowLog, WebhookList];

/** The account's ordered event log, and the ways to hear of it: long poll, stream and webhooks. */
@Module({
  controllers: [...doors, ...reactions],
  providers: [...log, ...webhooks, sender, ...queries, ForgetOld, Forgotten],
})
export class NotificationsModule {}
