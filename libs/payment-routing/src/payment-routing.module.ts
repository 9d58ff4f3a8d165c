import { Module } from '@nestjs/common';
import { AcceptPayment } from './application/accept-payment.js';
import { AskAgain } from './application/ask-again.js';
import { CancelPayment } from './application/cancel-payment.js';
import { DeliverResults } from './application/deliver-results.js';
import { DeviceMail } from './application/device-mail.js';
import { HearDevice } from './application/hear-device.js';
import { HearOfStranger } from './application/hear-of-stranger.js';
import { OnAttemptNotStarted } from './application/on-attempt-not-started.js';
import { OnCardPresented } from './application/on-card-presented.js';
import { OnDeviceJournalReported } from './application/on-device-journal-reported.js';
import { OnDeviceListeningChanged } from './application/on-device-listening-changed.js';
import { OnGatewayAlive } from './application/on-gateway-alive.js';
import { OnPaymentCancelledOnDevice } from './application/on-payment-cancelled-on-device.js';
import { OnPaymentReceivedOnDevice } from './application/on-payment-received-on-device.js';
import { OnPaymentRefusedByDevice } from './application/on-payment-refused-by-device.js';
import { OnPaymentResultReported } from './application/on-payment-result-reported.js';
import { OnPaymentShownOnDevice } from './application/on-payment-shown-on-device.js';
import { PassDeadlines } from './application/pass-deadlines.js';
import { ResolvePayment } from './application/resolve-payment.js';
import { SettleHeldPayment } from './application/settle-held-payment.js';
import { StartPurchase } from './application/start-purchase.js';
import { StartRefund } from './application/start-refund.js';
import { SweepForgotten } from './application/sweep-forgotten.js';
import { TellEnded } from './application/tell-ended.js';
import { CardTransactionsController } from './http/card-transactions.controller.js';
import { OverviewController } from './http/overview.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { ResultsController } from './http/results.controller.js';
import { StartPaymentController } from './http/start-payment.controller.js';
import { PaymentDetailsController } from './http/payment-details.controller.js';
import { CardTransactionRepository } from './infrastructure/card-transaction.repository.js';
import { IdempotencyKeys } from './infrastructure/idempotency-keys.js';
import { ListeningDevices } from './infrastructure/listening-devices.js';
import { Nodes } from './infrastructure/nodes.js';
import { OriginalTransactions } from './infrastructure/original-transactions.js';
import { PaymentTimetable } from './infrastructure/payment-timetable.js';
import { PaymentRepository } from './infrastructure/payment.repository.js';
import { ReportedResults } from './infrastructure/reported-results.js';
import { Resolutions } from './infrastructure/resolutions.js';
import { CardTransactions } from './queries/card-transactions.js';
import { OpenPayments } from './queries/open-payments.js';
import { Overview } from './queries/overview.js';
import { PaymentDetails } from './queries/payment-details.js';
import { Payments } from './queries/payments.js';

const forPeople = [PaymentsController, CardTransactionsController, OverviewController, PaymentDetailsController];
const doors = [StartPaymentController, ...forPeople, ResultsController];
const reactions = [
  OnDeviceListeningChanged,
  OnGatewayAlive,
  OnDeviceJournalReported,
  OnPaymentReceivedOnDevice,
  OnPaymentShownOnDevice,
  OnCardPresented,
  OnAttemptNotStarted,
  OnPaymentResultReported,
  OnPaymentRefusedByDevice,
  OnPaymentCancelledOnDevice,
];
const forTheTill = [AcceptPayment, StartPurchase, StartRefund, CancelPayment, ResolvePayment];
const forDevices = [HearDevice, HearOfStranger, SettleHeldPayment, DeliverResults, DeviceMail, TellEnded];
const sweepers = [PassDeadlines, AskAgain, SweepForgotten];
const payments = [PaymentRepository, PaymentTimetable, ReportedResults, IdempotencyKeys, Resolutions];
const cards = [CardTransactionRepository, OriginalTransactions];
const devices = [ListeningDevices, Nodes];
const queries = [Payments, PaymentDetails, OpenPayments, CardTransactions, Overview];

/** Payments from the request to the definite answer. */
@Module({
  controllers: [...doors, ...reactions],
  providers: [...forTheTill, ...forDevices, ...sweepers, ...payments, ...cards, ...devices, ...queries],
  exports: [OpenPayments],
})
export class PaymentRoutingModule {}
