import { Badge } from '@mantine/core';
import type { PaymentStatus } from '../api/payments.js';

const looks: Readonly<Record<PaymentStatus, readonly [words: string, color: string]>> = {
  requested: ['On its way', 'blue'],
  shown: ['On the terminal', 'blue'],
  processing: ['Card presented', 'violet'],
  approved: ['Approved', 'teal'],
  declined: ['Declined', 'orange'],
  cancelled: ['Cancelled', 'gray'],
  not_delivered: ['Not delivered', 'gray'],
  abandoned: ['No card shown', 'gray'],
  unknown: ['Unknown', 'red'],
  failed: ['Failed', 'red'],
};

export const statusWords = (status: PaymentStatus): string => looks[status][0];

export function StatusBadge({ status }: { readonly status: PaymentStatus }) {
  const [words, color] = looks[status];
  return (
    <Badge variant="light" color={color} autoContrast styles={{ label: { textTransform: 'none' } }}>
      {words}
    </Badge>
  );
}
