import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Payment, type PaymentFilter, paymentsQuery, totalOf } from '../api/payments.js';
import { PageLink } from '../parts/links.js';
import { type Column, Records } from '../parts/records.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { brandOf } from './brands.js';
import { StatusBadge } from './status-badge.js';

/** Payments, newest first, as many as are asked for. `none`: what is said where there are none, and no filter is to blame. */
export function PaymentList({ filter, none }: { readonly filter: PaymentFilter; readonly none?: string }) {
  const list = useInfiniteQuery(paymentsQuery(filter));
  if (!list.data) return list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : <Loading />;
  const payments = list.data.pages.flatMap(({ data }) => data);
  if (payments.length === 0) return <NoPayments filter={filter} none={none} />;
  return (
    <Stack>
      <Payments payments={payments} />
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Payments({ payments }: { readonly payments: readonly Payment[] }) {
  const columns: readonly Column<Payment>[] = [
    { head: 'Time', of: (payment) => <When payment={payment} />, oneLine: true },
    { head: 'Amount', of: (payment) => <Amount payment={payment} />, phone: 'top' },
    { head: 'Status', of: (payment) => <Status payment={payment} /> },
    { head: 'Device', of: ({ deviceCode }) => <Text size="sm" ff="monospace" children={deviceCode} /> },
    { head: 'Invoice', of: ({ invoiceNumber }) => invoiceNumber },
    { head: 'Card', of: cardOf },
  ];
  return <Records columns={columns} records={payments} keyOf={({ id }) => id} />;
}

function Status({ payment: { status, suspectedDuplicate } }: { readonly payment: Payment }) {
  return (
    <Group gap={4}>
      <StatusBadge status={status} />
      {suspectedDuplicate && (
        <Badge variant="light" color="orange" autoContrast tt="none">
          Perhaps twice
        </Badge>
      )}
    </Group>
  );
}

function When({ payment: { id, createdAt } }: { readonly payment: Payment }) {
  const { time } = useWords();
  return (
    <PageLink to="/payments/$id" params={{ id }} size="sm">
      {time(createdAt)}
    </PageLink>
  );
}

function Amount({ payment }: { readonly payment: Payment }) {
  const { money } = useWords();
  const sign = payment.kind === 'refund' ? '−' : '';
  return (
    <Text size="sm" fw={600}>
      {sign}
      {money(totalOf(payment), payment.currency)}
    </Text>
  );
}

const cardOf = ({ cardTransaction: card }: Payment): string | null =>
  card && `${brandOf(card.cardType)} ····${card.cardNumber.slice(-4)}`;

function NoPayments({ filter, none }: { readonly filter: PaymentFilter; readonly none: string | undefined }) {
  const filtered = none === undefined && Object.values(filter).some((value) => value !== '');
  return (
    <Empty
      icon={<IconCreditCard size={28} />}
      title={filtered ? 'No payment matches' : 'No payment yet'}
      text={
        filtered
          ? 'Change or clear the filters.'
          : (none ?? 'Payments appear here the moment a point of sale sends them.')
      }
    />
  );
}
