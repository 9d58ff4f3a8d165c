import { Button, Card, Group, Stack, Table, Text } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Payment, type PaymentFilter, paymentsQuery, totalOf } from '../api/payments.js';
import { PageLink } from '../parts/links.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { useNarrow } from '../parts/use-narrow.js';
import { useWords } from '../parts/words.js';
import { StatusBadge } from './status-badge.js';

const heads = ['Time', 'Amount', 'Status', 'Device', 'Invoice number', 'Card'];

/** Payments, newest first, as many as are asked for. `none`: what is said where there are none, and no filter is to blame. */
export function PaymentList({ filter, none }: { readonly filter: PaymentFilter; readonly none?: string }) {
  const list = useInfiniteQuery(paymentsQuery(filter));
  if (list.isPending) return <Loading />;
  if (list.error) return <Failed error={list.error} retry={() => void list.refetch()} />;
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

/** A table, or on a phone a card each. */
function Payments({ payments }: { readonly payments: readonly Payment[] }) {
  const narrow = useNarrow();
  if (narrow) {
    return (
      <Stack gap="sm">
        {payments.map((payment) => (
          <PaymentCard key={payment.id} payment={payment} />
        ))}
      </Stack>
    );
  }
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {payments.map((payment) => (
            <PaymentRow key={payment.id} payment={payment} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PaymentRow({ payment }: { readonly payment: Payment }) {
  return (
    <Table.Tr>
      <Table.Td>
        <When payment={payment} />
      </Table.Td>
      <Table.Td>
        <Amount payment={payment} />
      </Table.Td>
      <Table.Td>
        <StatusBadge status={payment.status} />
      </Table.Td>
      <Table.Td ff="monospace">{payment.deviceCode}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{payment.invoiceNumber}</Table.Td>
      <Table.Td>{cardOf(payment) ?? '—'}</Table.Td>
    </Table.Tr>
  );
}

function PaymentCard({ payment }: { readonly payment: Payment }) {
  const facts = [payment.deviceCode, payment.invoiceNumber, cardOf(payment)].filter((text) => text !== null);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between">
        <Amount payment={payment} />
        <StatusBadge status={payment.status} />
      </Group>
      <When payment={payment} />
      <Text size="xs" c="dimmed" mt={2} style={{ overflowWrap: 'anywhere' }}>
        {facts.join(' · ')}
      </Text>
    </Card>
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
  card && `${card.cardType} ····${card.cardNumber.slice(-4)}`;

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
