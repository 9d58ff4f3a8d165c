import { Card, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type Device as OneDevice, deviceQuery } from '../api/devices.js';
import { everyPayment, isFinal, paymentsQuery } from '../api/payments.js';
import { useMay } from '../api/session.js';
import { DeviceActions } from '../devices/device-actions.js';
import { DeviceLabels } from '../devices/device-labels.js';
import { batteryOf } from '../devices/device-list.js';
import { screenOf } from '../devices/device-screen.js';
import { DeviceStatus } from '../devices/device-status.js';
import { LoggedIn } from '../devices/logged-in.js';
import { Facts } from '../parts/facts.js';
import { PageLink } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { usePathParameter } from '../parts/path-parameter.js';
import { Failed, Loading, NoPermission } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { PaymentList } from '../payments/payment-list.js';

export function Device() {
  const code = usePathParameter('code');
  const seesDevices = useMay({ general: 'read', settings: 'read' });
  const { data, error, isPending, refetch } = useQuery({ ...deviceQuery(code), enabled: seesDevices });
  const isBusy = useIsBusy(code, seesDevices);
  return (
    <Page
      title={data?.name ?? code}
      back={<PageLink to="/devices">← Devices</PageLink>}
      text={data && <DeviceStatus device={data} isBusy={isBusy} />}
      actions={data && <DeviceActions device={data} />}
    >
      {!seesDevices && <NoPermission />}
      {seesDevices && isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && !error && <Known device={data} isBusy={isBusy} />}
    </Page>
  );
}

/** The terminal tells its screen some seconds later. */
function useIsBusy(deviceCode: string, enabled: boolean): boolean {
  const { data } = useInfiniteQuery({ ...paymentsQuery({ ...everyPayment, deviceCode }), enabled });
  const newest = data?.pages[0]?.data[0];
  return newest !== undefined && newest.status !== 'unknown' && newest.status !== 'requested' && !isFinal(newest);
}

function Known({ device, isBusy }: { readonly device: OneDevice; readonly isBusy: boolean }) {
  const { time, ago } = useWords();
  const { code, status, offlineSince, lastSeenAt } = device;
  return (
    <Stack gap="lg">
      <Card withBorder padding="lg">
        <Facts
          facts={[
            ['Device code', <Text key="code" component="span" fz={24} fw={700} ff="monospace" children={code} />],
            ['On its screen', isBusy && device.screen === 'ready' ? 'A payment' : screenOf(device)],
            ['Logged in', <LoggedIn key="session" code={code} />],
            ['Battery', batteryOf(device)],
            ['App version', device.appVersion],
            ['Model', device.model],
            ['Serial number', device.serialNumber],
            ['Last seen', status === 'online' ? 'now' : lastSeenAt === null ? 'never' : ago(lastSeenAt)],
            ['Offline since', offlineSince === null ? null : time(offlineSince)],
            ['Code issued', time(device.createdAt)],
          ]}
        />
      </Card>
      <Card withBorder padding="lg">
        <DeviceLabels key={device.id} device={device} />
      </Card>
      <div>
        <Title order={2} size="h4" mb="sm">
          Last payments
        </Title>
        <PaymentList
          filter={{ ...everyPayment, deviceCode: code }}
          none="Payments that are sent to this terminal appear here."
        />
      </div>
    </Stack>
  );
}
