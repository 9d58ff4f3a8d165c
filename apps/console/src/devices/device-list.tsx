import { Card, Group, Stack, Table, Text } from '@mantine/core';
import type { Device } from '../api/devices.js';
import { PageLink } from '../parts/links.js';
import { useNarrow } from '../parts/use-narrow.js';
import { useWords } from '../parts/words.js';
import { screenOf } from './device-screen.js';
import { DeviceStatus } from './device-status.js';

const heads = ['Code', 'Name and place', 'Status', 'On its screen', 'Battery', 'Version', 'Last seen'];

/** A table, or on a phone a card each. */
export function DeviceList({ devices }: { readonly devices: readonly Device[] }) {
  const narrow = useNarrow();
  if (narrow) {
    return (
      <Stack gap="sm">
        {devices.map((device) => (
          <DeviceCard key={device.id} device={device} />
        ))}
      </Stack>
    );
  }
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DeviceRow({ device }: { readonly device: Device }) {
  const seen = useLastSeen();
  return (
    <Table.Tr>
      <Table.Td>
        <Code device={device} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{device.name ?? device.serialNumber}</Text>
        {device.location !== null && (
          <Text size="xs" c="dimmed">
            {device.location}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <DeviceStatus device={device} />
      </Table.Td>
      <Table.Td>{screenOf(device)}</Table.Td>
      <Table.Td>{batteryOf(device)}</Table.Td>
      <Table.Td>{device.appVersion}</Table.Td>
      <Table.Td>{seen(device)}</Table.Td>
    </Table.Tr>
  );
}

function DeviceCard({ device }: { readonly device: Device }) {
  const seen = useLastSeen();
  const { name, serialNumber, location } = device;
  return (
    <Card withBorder padding="md">
      <Group justify="space-between">
        <Code device={device} />
        <DeviceStatus device={device} />
      </Group>
      <Text size="sm" mt={6}>
        {[name ?? serialNumber, location].filter((text) => text !== null).join(', ')}
      </Text>
      <Text size="xs" c="dimmed" mt={2}>
        {screenOf(device)} · seen {seen(device)}
      </Text>
    </Card>
  );
}

const Code = ({ device: { code } }: { readonly device: Device }) => (
  <PageLink to="/devices/$code" params={{ code }} ff="monospace" fw={700}>
    {code}
  </PageLink>
);

export const batteryOf = ({ battery }: Device): string => (battery === null ? '—' : `${Math.round(battery)} %`);

function useLastSeen(): (device: Device) => string {
  const { ago } = useWords();
  return ({ status, lastSeenAt }) => (status === 'online' ? 'now' : lastSeenAt === null ? 'never' : ago(lastSeenAt));
}
