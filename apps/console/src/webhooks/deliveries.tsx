import { Button, Drawer, Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.js';
import { type Attempt, deliveriesQuery, type Delivery, webhookAddress } from '../api/webhooks.js';
import { CopyBlock } from '../parts/copy-block.js';
import { StateBadge } from '../parts/state-badge.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';

const looks = { pending: ['Waits', 'blue'], delivered: ['Delivered', 'teal'], failed: ['Failed', 'red'] } as const;
const states = [
  { value: '', label: 'All' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'pending', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
];

/** What was sent to one endpoint, and what it answered. */
export function Deliveries({ webhookId }: { readonly webhookId: string }) {
  const [state, setState] = useState('');
  const [shown, setShown] = useState<Delivery | null>(null);
  const list = useInfiniteQuery(deliveriesQuery(webhookId, state));
  const deliveries = list.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Deliveries
        </Title>
        <SegmentedControl size="xs" data={states} value={state} onChange={setState} />
      </Group>
      {list.isPending && <Loading />}
      {list.error && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && deliveries.length === 0 && <Text c="dimmed">Nothing was sent yet.</Text>}
      {deliveries.length > 0 && <Rows deliveries={deliveries} onShow={setShown} />}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <Drawer
        opened={shown !== null}
        onClose={() => {
          setShown(null);
        }}
        position="right"
        size="lg"
        title={shown?.messageId}
      >
        {shown && <Detail delivery={shown} webhookId={webhookId} />}
      </Drawer>
    </Stack>
  );
}

function Rows(props: { readonly deliveries: readonly Delivery[]; readonly onShow: (delivery: Delivery) => void }) {
  const { time } = useWords();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {['Made', 'Event', 'State', 'Tries', 'Last answer', ''].map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.deliveries.map((delivery) => {
            const [words, color] = looks[delivery.state];
            const last = delivery.attempts.at(-1);
            return (
              <Table.Tr key={delivery.id}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{time(delivery.createdAt)}</Table.Td>
                <Table.Td ff="monospace">{delivery.type}</Table.Td>
                <Table.Td>
                  <StateBadge words={words} color={color} />
                </Table.Td>
                <Table.Td>{delivery.attempts.length}</Table.Td>
                <Table.Td>{last ? answerOf(last) : '—'}</Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Look at ${delivery.messageId}`}
                    onClick={() => {
                      props.onShow(delivery);
                    }}
                  >
                    Look
                  </Button>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const answerOf = ({ status, problem, tookMs }: Attempt): string =>
  `${status ?? problem ?? 'no answer'} in ${tookMs} ms`;

function Detail({ delivery, webhookId }: { readonly delivery: Delivery; readonly webhookId: string }) {
  const { time } = useWords();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => call('POST', `${webhookAddress(webhookId)}/deliveries/${delivery.id}/redeliver`),
    onSuccess: async () => {
      notifications.show({ message: 'It goes out again.' });
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
  });
  return (
    <Stack>
      <Group>
        <Button
          size="xs"
          loading={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          Send it again
        </Button>
        {delivery.nextTryAt !== null && <Text size="sm">Next try {time(delivery.nextTryAt)}</Text>}
      </Group>
      <Text fw={600}>Request</Text>
      <CopyBlock text={pretty(delivery.request)} label="the request" />
      <Text fw={600}>Tries</Text>
      {delivery.attempts.map((attempt) => (
        <Text key={attempt.at} size="sm">
          {time(attempt.at)}: {answerOf(attempt)}
          {attempt.status !== null && attempt.problem !== null && `, ${attempt.problem}`}
        </Text>
      ))}
    </Stack>
  );
}

const pretty = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);
