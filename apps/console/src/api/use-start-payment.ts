import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { Attempts } from './attempts.js';
import { call } from './client.js';
import { deviceAddress } from './devices.js';
import type { Payment } from './payments.js';

type AttemptsByKind = Readonly<Record<Payment['kind'], Attempts>>;

export const noAttempts = (): AttemptsByKind => ({ purchase: new Attempts(), refund: new Attempts() });

/** Kept above the pages: a form that is closed, or is gone because a list could not be read, is opened again with the same key. */
export const AttemptsContext = createContext<AttemptsByKind>(noAttempts());

export interface Start {
  readonly code: string;
  /** As the API wants it. */
  readonly body: object;
}

/** Sends a payment to a terminal. Sending the same again after a failure never charges twice. */
export function useStartPayment(kind: Payment['kind'], onStarted?: (payment: Payment) => unknown) {
  const client = useQueryClient();
  const attempts = useContext(AttemptsContext)[kind];
  return useMutation({
    mutationFn: ({ code, body }: Start) =>
      call<Payment>('POST', `${deviceAddress(code)}/payment/${kind}`, {
        body,
        headers: { 'idempotency-key': attempts.keyOf({ code, body }) },
      }),
    onSuccess: async (payment) => {
      attempts.accepted();
      await client.invalidateQueries({ queryKey: ['payments'] });
      await onStarted?.(payment);
    },
  });
}
