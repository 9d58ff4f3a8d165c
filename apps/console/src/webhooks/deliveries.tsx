import { Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deliveriesQuery, type Delivery, type DeliveryPage } from '../api/webhooks.js';
import { type Column, Records } from '../parts/records.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { DeliveryDrawer } from './delivery-drawer.js';
import { DeliveryState, lastAnswerOf } from './delivery-state.js';
import { LookButton } from './look-button.js';

const states = [
  { value: '', label: 'All' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'pending', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
];

/** What was sent to one endpoint, and what it answered. */
export function Deliveries({ webhookId }: { readonly webhookId: string }) {
  const [state, setState] = useState('');
  const [shown, setShown] = useState<number | null>(null);
  const list = useInfiniteQuery(deliveriesQuery(webhookId, state));
  // What is looked at may leave the filtered list: sent again, it waits, and has not failed.
  const all = useInfiniteQuery({ ...deliveriesQuery(webhookId, ''), enabled: shown !== null });
  const deliveries = deliveriesOf(list.data);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Deliveries
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="State of the deliveries"
          data={states}
          value={state}
          onChange={setState}
        />
      </Group>
      {list.isPending && <Loading />}
      {list.error && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && deliveries.length === 0 && (
        <Text c="dimmed">{state === '' ? 'Nothing was sent yet.' : 'None.'}</Text>
      )}
      {deliveries.length > 0 && <Rows deliveries={deliveries} onShow={setShown} />}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <DeliveryDrawer
        delivery={[...deliveriesOf(all.data), ...deliveries].find(({ id }) => id === shown)}
        webhookId={webhookId}
        onClose={() => {
          setShown(null);
        }}
      />
    </Stack>
  );
}

const deliveriesOf = (list: { readonly pages: readonly DeliveryPage[] } | undefined): readonly Delivery[] =>
  list?.pages.flatMap(({ data }) => data) ?? [];

function Rows(props: { readonly deliveries: readonly Delivery[]; readonly onShow: (id: number) => void }) {
  const { time } = useWords();
  const columns: readonly Column<Delivery>[] = [
    { head: 'Created', of: ({ createdAt }) => time(createdAt), oneLine: true },
    { head: 'Event', of: ({ type }) => <Text size="sm" ff="monospace" children={type} /> },
    { head: 'Status', of: ({ state }) => <DeliveryState state={state} />, phone: 'top' },
    { head: 'Attempts', of: ({ attempts }) => attempts.length, phone: 'hidden' },
    { head: 'Last response', of: lastAnswerOf },
    { head: '', of: (delivery) => <LookButton delivery={delivery} onShow={props.onShow} /> },
  ];
  return <Records columns={columns} records={props.deliveries} keyOf={({ id }) => id} />;
}
