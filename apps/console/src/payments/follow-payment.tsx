import { Card, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isFinal, paymentQuery, totalOf } from '../api/payments.js';
import { PageLink } from '../parts/links.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { StatusBadge } from './status-badge.js';
import { Timeline } from './timeline.js';

/** One payment on its way, as it happens. */
export function FollowPayment({ id }: { readonly id: string }) {
  const { money } = useWords();
  const { data, error } = useQuery({
    ...paymentQuery(id),
    refetchInterval: ({ state }) => (state.data && isFinal(state.data) ? false : 1_000),
  });
  if (!data) return error ? <Failed error={error} /> : <Loading rows={3} />;
  return (
    <Card withBorder padding="lg" role="status">
      <Group justify="space-between" mb="md">
        <Text fw={700} fz="xl">
          {money(totalOf(data), data.currency)}
        </Text>
        <StatusBadge status={data.status} />
      </Group>
      <Timeline payment={data} />
      <PageLink to="/payments/$id" params={{ id }} size="sm" mt="md" display="inline-block">
        Everything about this payment
      </PageLink>
    </Card>
  );
}
