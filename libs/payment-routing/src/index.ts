export { paymentRoutingSchema } from './infrastructure/payment-routing.schema.js';
export { PaymentRoutingModule } from './payment-routing.module.js';
