import { Card, Grid, Skeleton, Stack, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { type Device, devicesQuery } from '../api/devices.js';
import { type Overview as Day, overviewQuery } from '../api/overview.js';
import { everyPayment, readPayments } from '../api/payments.js';
import { useMay, useSession } from '../api/session.js';
import { Attention } from '../overview/attention.js';
import { Figures } from '../overview/figures.js';
import { FirstVisit } from '../overview/first-visit.js';
import { Page } from '../parts/page.js';
import { Failed, Loading } from '../parts/states.js';
import { PaymentList } from '../payments/payment-list.js';

const DayChart = lazy(() => import('../overview/day-chart.js').then((module) => ({ default: module.DayChart })));

export function Overview() {
  const { account } = useSession();
  const { data, error, isPending, refetch } = useQuery(overviewQuery);
  return (
    <Page
      title="Overview"
      text={data && `${account.name}, ${dayIn(account.locale, data.day)}. Times are those of ${account.timeZone}.`}
    >
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && <Today day={data} />}
    </Page>
  );
}

/** `Monday, November 23` of `2026-11-23`: a day has no time zone. */
const dayIn = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(day),
  );

function Today({ day }: { readonly day: Day }) {
  const seesDevices = useMay({ general: 'read', settings: 'read' });
  const { data: devices } = useQuery({ ...devicesQuery, enabled: seesDevices });
  return (
    <Stack gap="lg">
      {devices && <Beginning devices={devices} />}
      <Figures day={day} devices={devices} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }} order={{ base: 2, lg: 1 }}>
          <Card withBorder padding="lg">
            <Title order={2} size="h4" mb="md">
              Payments by hour
            </Title>
            <Suspense fallback={<Skeleton h={220} />}>
              <DayChart hours={day.hours} />
            </Suspense>
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }} order={{ base: 1, lg: 2 }}>
          <Attention unknown={day.unknown.count} />
        </Grid.Col>
      </Grid>
      <div>
        <Title order={2} size="h4" mb="sm">
          Last payments
        </Title>
        <PaymentList filter={everyPayment} />
      </div>
    </Stack>
  );
}

/** Only where no payment was approved yet; once shown it stays until it is put away, and stays away. */
function Beginning({ devices }: { readonly devices: readonly Device[] }) {
  const { account } = useSession();
  const key = `tillgate.begun.${account.id}`;
  const [away, setAway] = useLocalStorage({ key, defaultValue: false, getInitialValueInEffect: false });
  const [shown, setShown] = useState(false);
  const { data } = useQuery({
    queryKey: ['payments', 'first'],
    queryFn: ({ signal }) => readPayments({ ...everyPayment, status: 'approved' }, null, signal),
    enabled: !away,
  });
  if (data?.data.length === 0 && !shown) setShown(true);
  if (away || !shown) return null;
  return (
    <FirstVisit
      devices={devices}
      approved={data?.data[0]}
      onAway={() => {
        setAway(true);
      }}
    />
  );
}
