import { Card, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deliveriesOfPaymentQuery, type DeliveryOfPayment } from '../api/webhooks.js';
import { PageLink } from '../parts/links.js';
import { type Column, Records } from '../parts/records.js';
import { Failed, Loading } from '../parts/states.js';
import { DeliveryDrawer } from '../webhooks/delivery-drawer.js';
import { DeliveryState, lastAnswerOf } from '../webhooks/delivery-state.js';
import { LookButton } from '../webhooks/look-button.js';

/** What the account's endpoints were told of a payment. */
export function WebhooksSent({ paymentId }: { readonly paymentId: string }) {
  const { data, error, isPending, refetch } = useQuery(deliveriesOfPaymentQuery(paymentId));
  const [shown, setShown] = useState<number | null>(null);
  const delivery = data?.find(({ id }) => id === shown);
  return (
    <Card withBorder padding="lg">
      <Title order={2} size="h4" mb="md">
        Webhooks sent
      </Title>
      {isPending && <Loading rows={2} />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <Text c="dimmed">None: no endpoint wanted its events when they happened.</Text>}
      {data && data.length > 0 && <Rows deliveries={data} onShow={setShown} />}
      <DeliveryDrawer
        delivery={delivery}
        webhookId={delivery?.webhookId ?? ''}
        onClose={() => {
          setShown(null);
        }}
      />
    </Card>
  );
}

function Rows(props: { readonly deliveries: readonly DeliveryOfPayment[]; readonly onShow: (id: number) => void }) {
  const columns: readonly Column<DeliveryOfPayment>[] = [
    { head: 'Event', of: ({ type }) => <Text size="sm" ff="monospace" children={type} /> },
    { head: 'State', of: ({ state }) => <DeliveryState state={state} />, phone: 'top' },
    {
      head: 'Endpoint',
      of: ({ webhookId, url }) => (
        <PageLink to="/webhooks/$id" params={{ id: webhookId }} size="sm">
          {new URL(url).host}
        </PageLink>
      ),
    },
    { head: 'Answer', of: lastAnswerOf },
    { head: '', of: (delivery) => <LookButton delivery={delivery} onShow={props.onShow} /> },
  ];
  return <Records columns={columns} records={props.deliveries} keyOf={({ id }) => id} />;
}
