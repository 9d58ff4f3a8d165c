import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.js';
import type { Payment } from '../api/payments.js';
import { useMay } from '../api/session.js';
import { GiveBack } from './give-back.js';
import { Settle } from './settle.js';

/** What can still be done: cancel before the card, give back after it, settle what nobody knows. */
export function PaymentActions({ payment }: { readonly payment: Payment }) {
  const client = useQueryClient();
  const [opened, setOpened] = useState<'refund' | 'settle' | null>(null);
  const mayCharge = useMay({ processing: 'positive_transaction' });
  const mayGiveBack = useMay({ processing: 'admin' });
  const { id, status, kind } = payment;
  const cancel = useMutation({
    mutationFn: () => call('POST', `/v2/payments/${id}/cancel`),
    onSuccess: () => notifications.show({ message: 'Cancelled for good: this payment can never be charged.' }),
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['payments'] }),
  });
  const close = (): void => {
    setOpened(null);
  };
  const canCancel = (status === 'requested' || status === 'shown') && (kind === 'refund' ? mayGiveBack : mayCharge);
  return (
    <Group>
      {canCancel && (
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => {
            cancel.mutate();
          }}
        >
          Cancel
        </Button>
      )}
      {status === 'approved' && kind === 'purchase' && mayGiveBack && (
        <Button
          variant="default"
          onClick={() => {
            setOpened('refund');
          }}
        >
          Refund
        </Button>
      )}
      {status === 'unknown' && mayGiveBack && (
        <Button
          variant="default"
          onClick={() => {
            setOpened('settle');
          }}
        >
          Settle it
        </Button>
      )}
      <GiveBack payment={payment} opened={opened === 'refund'} onClose={close} />
      {opened === 'settle' && <Settle payment={payment} onClose={close} />}
    </Group>
  );
}
