import { Module } from '@nestjs/common';
import { AskAgain } from './application/ask-again.js';
import { DeliverResults } from './application/deliver-results.js';
import { DeviceMail } from './application/device-mail.js';
import { ForgetKeys } from './application/forget-keys.js';
import { HearDevice } from './application/hear-device.js';
import { OnDeviceJournalReported } from './application/on-device-journal-reported.js';
import { OnDeviceListeningChanged } from './application/on-device-listening-changed.js';
import { OnGatewayAlive } from './application/on-gateway-alive.js';
import { OnPaymentMessage } from './application/on-payment-message.js';
import { PassDeadlines } from './application/pass-deadlines.js';
import { SettleHeldPayment } from './application/settle-held-payment.js';
import { StartPurchase } from './application/start-purchase.js';
import { CardTransactionsController } from './http/card-transactions.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { PurchaseController } from './http/purchase.controller.js';
import { ResultsController } from './http/results.controller.js';
import { CardTransactionRepository } from './infrastructure/card-transaction.repository.js';
import { IdempotencyKeys } from './infrastructure/idempotency-keys.js';
import { ListeningDevices } from './infrastructure/listening-devices.js';
import { PaymentRepository } from './infrastructure/payment.repository.js';
import { ReportedResults } from './infrastructure/reported-results.js';
import { CardTransactions } from './queries/card-transactions.js';
import { Payments } from './queries/payments.js';

const doors = [PurchaseController, PaymentsController, CardTransactionsController, ResultsController];
const reactions = [OnPaymentMessage, OnDeviceJournalReported, OnDeviceListeningChanged, OnGatewayAlive];
const verbs = [StartPurchase, HearDevice, SettleHeldPayment, DeliverResults, DeviceMail];
const sweepers = [PassDeadlines, AskAgain, ForgetKeys];
const storage = [PaymentRepository, CardTransactionRepository, ReportedResults, IdempotencyKeys, ListeningDevices];

/** Payments from the request to the definite answer. */
@Module({
  controllers: [...doors, ...reactions],
  providers: [...verbs, ...sweepers, ...storage, Payments, CardTransactions],
})
export class PaymentRoutingModule {}
