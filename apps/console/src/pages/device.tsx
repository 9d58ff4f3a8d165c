import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { usePathParameter } from '../parts/path-parameter.js';
import { type Device as OneDevice, deviceQuery } from '../api/devices.js';
import { DeviceActions } from '../devices/device-actions.js';
import { DeviceLabels } from '../devices/device-labels.js';
import { DeviceStatus } from '../devices/device-status.js';
import { Facts } from '../parts/facts.js';
import { Page } from '../parts/page.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { PaymentList } from '../payments/payment-list.js';
import { everyPayment } from '../api/payments.js';

export function Device() {
  const code = usePathParameter('code');
  const { data, error, isPending, refetch } = useQuery(deviceQuery(code));
  return (
    <Page title={data?.name ?? code} text={data && <DeviceStatus device={data} />}>
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && <Known device={data} />}
    </Page>
  );
}

function Known({ device }: { readonly device: OneDevice }) {
  const { time, ago } = useWords();
  const { code, screen, battery, status, offlineSince, lastSeenAt } = device;
  return (
    <Stack gap="lg">
      <DeviceActions device={device} />
      <Card withBorder padding="lg">
        <Facts
          facts={[
            ['Device code', <Text key="code" component="span" fz={24} fw={700} ff="monospace" children={code} />],
            ['On its screen', status === 'online' ? (screen ?? 'not known') : 'offline'],
            ['Battery', battery === null ? 'not known' : `${Math.round(battery)} %`],
            ['App version', device.appVersion],
            ['Model', device.model],
            ['Serial number', device.serialNumber],
            ['Last seen', lastSeenAt === null ? 'never' : ago(lastSeenAt)],
            ['Offline since', offlineSince === null ? '—' : time(offlineSince)],
            ['Code given', time(device.createdAt)],
            ['As of', time(device.asOf)],
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
        <PaymentList filter={{ ...everyPayment, deviceCode: code }} />
      </div>
    </Stack>
  );
}
