export { paymentRoutingSchema } from './infrastructure/payment-routing.schema.js';
export { PaymentRoutingModule } from './payment-routing.module.js';
export { OpenPayments } from './queries/open-payments.js';
