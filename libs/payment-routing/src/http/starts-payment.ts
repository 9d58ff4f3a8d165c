import { applyDecorators } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { PaymentResponse } from './payment.messages.js';

/** What the reference says of every call that starts a payment. */
export const ApiStartsPayment = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'idempotency-key',
      required: false,
      description: '8 to 128 of A-Z a-z 0-9 - _ . : — for 72 hours.',
    }),
    ApiHeader({ name: 'prefer', required: false, description: 'wait=30 answers when the payment has ended.' }),
    ApiAcceptedResponse({ type: PaymentResponse, description: 'Stored; it will end. `Location` is where to read it.' }),
    ApiOkResponse({ type: PaymentResponse, description: 'With Prefer: wait=N, when it ended in time.' }),
  );
