import { Button, Group, Table, Text } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Payment, type PaymentFilter, paymentsQuery, totalOf } from '../api/payments.js';
import { PageLink } from '../parts/links.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { StatusBadge } from './status-badge.js';

/** Payments, newest first, as many as are asked for. */
export function PaymentList({ filter }: { readonly filter: PaymentFilter }) {
  const list = useInfiniteQuery(paymentsQuery(filter));
  if (list.isPending) return <Loading />;
  if (list.error) return <Failed error={list.error} retry={() => void list.refetch()} />;
  const payments = list.data.pages.flatMap(({ data }) => data);
  if (payments.length === 0) return <NoPayments filtered={Object.values(filter).some((value) => value !== '')} />;
  return (
    <>
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {['Time', 'Amount', 'Status', 'Device', 'Invoice number', 'Card'].map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {payments.map((payment) => (
              <Row key={payment.id} payment={payment} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        </Group>
      )}
    </>
  );
}

function Row({ payment }: { readonly payment: Payment }) {
  const { money, time } = useWords();
  const { id, kind, currency, createdAt, status, deviceCode, invoiceNumber, cardTransaction: card } = payment;
  return (
    <Table.Tr>
      <Table.Td>
        <PageLink to="/payments/$id" params={{ id }} size="sm">
          {time(createdAt)}
        </PageLink>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {kind === 'refund' ? '−' : ''}
          {money(totalOf(payment), currency)}
        </Text>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={status} />
      </Table.Td>
      <Table.Td ff="monospace">{deviceCode}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{invoiceNumber}</Table.Td>
      <Table.Td>{card ? `${card.cardType} ····${card.cardNumber.slice(-4)}` : '—'}</Table.Td>
    </Table.Tr>
  );
}

const NoPayments = ({ filtered }: { readonly filtered: boolean }) => (
  <Empty
    icon={<IconCreditCard size={28} />}
    title={filtered ? 'No payment matches' : 'No payment yet'}
    text={filtered ? 'Change or clear the filters.' : 'Payments appear here the moment a point of sale sends them.'}
  />
);
