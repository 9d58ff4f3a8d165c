import type { ContextSchema } from '#database';
import { AddArrivedAt1764600000300 } from './migrations/add-arrived-at.js';
import { AddDoneBy1764400000300 } from './migrations/add-done-by.js';
import { AddListIndexes1764500000300 } from './migrations/add-list-indexes.js';
import { AddRefunds1764000000310 } from './migrations/add-refunds.js';
import { AddUnknownIndex1764200000300 } from './migrations/add-unknown-index.js';
import { AddReceivedAt1764300000300 } from './migrations/add-received-at.js';
import { CreatePaymentRouting1763900000300 } from './migrations/create-payment-routing.js';
import { PaymentRow } from './payment.row.js';

export const paymentRoutingSchema: ContextSchema = {
  schema: 'payment_routing',
  rows: [PaymentRow],
  migrations: [
    CreatePaymentRouting1763900000300,
    AddRefunds1764000000310,
    AddUnknownIndex1764200000300,
    AddReceivedAt1764300000300,
    AddDoneBy1764400000300,
    AddListIndexes1764500000300,
    AddArrivedAt1764600000300,
  ],
};
