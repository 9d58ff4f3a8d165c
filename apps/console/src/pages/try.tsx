import { Box, Card, Grid, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Device, devicesQuery } from '../api/devices.js';
import { useMay, useSession } from '../api/session.js';
import { useStartPayment } from '../api/use-start-payment.js';
import { CopyBlock } from '../parts/copy-block.js';
import { PageButton } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { Empty, Failed, Loading, NoPermission } from '../parts/states.js';
import { bodyOf, curlOf, type Order } from '../payments/curl.js';
import { FollowPayment } from '../payments/follow-payment.js';
import { TryForm, type Wanted } from '../payments/try-form.js';

export function Try() {
  const mayCharge = useMay({ processing: 'positive_transaction' });
  const seesDevices = useMay({ general: 'read', settings: 'read' });
  return (
    <Page
      title="Try a payment"
      text="Send a payment to one of your terminals, just as your point of sale would, and watch it happen."
    >
      {!mayCharge && <NoPermission />}
      {mayCharge && (seesDevices ? <OfFleet /> : <Trial devices={null} />)}
    </Page>
  );
}

function OfFleet() {
  const { data, error, refetch } = useQuery(devicesQuery);
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />;
  if (data.length > 0) return <Trial devices={data} />;
  return (
    <Empty
      icon={<IconDeviceMobile size={28} />}
      title="There is no terminal to send it to"
      text="Add one first: a terminal in the browser takes a minute."
      action={<PageButton to="/devices">To the devices</PageButton>}
    />
  );
}

/** `devices`: null for who may not see them, and types the code that is on the terminal. */
function Trial({ devices }: { readonly devices: readonly Device[] | null }) {
  const { currency } = useSession().account;
  const first = devices?.find(({ listening }) => listening) ?? devices?.[0];
  const form = useForm<Wanted>({
    initialValues: { code: first?.code ?? '', amount: 10.25, description: '', invoiceNumber: '', tips: [] },
    validate: { tips: (tips) => (tips.every(isTip) ? null : 'Whole numbers from 0 to 100') },
  });
  const order = orderOf(form.getValues(), currency);
  const send = useStartPayment('purchase');
  const result = useRef<HTMLDivElement>(null);
  const sent = send.data?.id;
  // On a phone it would be below what one sees.
  useEffect(() => {
    if (sent !== undefined) result.current?.scrollIntoView({ block: 'nearest' });
  }, [sent]);
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <TryForm
          {...{ form, devices, currency, busy: send.isPending, error: send.error }}
          onSend={() => {
            send.mutate({ code: order.code, body: bodyOf(order) });
          }}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          {sent !== undefined && (
            <div ref={result}>
              <FollowPayment id={sent} />
            </div>
          )}
          <Box>
            <Title order={2} size="h5" mb={4}>
              The same request with curl
            </Title>
            <CopyBlock text={curlOf(order, location.origin)} label="the call" />
            <Text size="xs" c="dimmed" mt={4}>
              $API_TOKEN is a token that you create under API access.
            </Text>
          </Box>
          {sent === undefined && (
            <Card withBorder padding="lg">
              <Text c="dimmed">The payment’s progress appears here.</Text>
            </Card>
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

const orderOf = ({ tips, ...wanted }: Wanted, currency: string): Order => ({
  ...wanted,
  currency,
  tips: tips.filter(isTip).map(Number),
});

const isTip = (text: string): boolean => /^(\d{1,2}|100)$/.test(text);
