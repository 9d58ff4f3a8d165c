import { Table, Text } from '@mantine/core';
import type { Device } from '../api/devices.js';
import { PageLink } from '../parts/links.js';
import { useWords } from '../parts/words.js';
import { DeviceStatus } from './device-status.js';

export function DeviceRow({ device }: { readonly device: Device }) {
  const { ago } = useWords();
  const { code, name, location, screen, battery, appVersion, lastSeenAt, status } = device;
  return (
    <Table.Tr>
      <Table.Td>
        <PageLink to="/devices/$code" params={{ code }} ff="monospace" fw={700}>
          {code}
        </PageLink>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{name ?? device.serialNumber}</Text>
        {location !== null && (
          <Text size="xs" c="dimmed">
            {location}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <DeviceStatus device={device} />
      </Table.Td>
      <Table.Td>{status === 'online' ? (screen ?? '—') : '—'}</Table.Td>
      <Table.Td>{battery === null ? '—' : `${Math.round(battery)} %`}</Table.Td>
      <Table.Td>{appVersion}</Table.Td>
      <Table.Td>{lastSeenAt === null ? 'never' : ago(lastSeenAt)}</Table.Td>
    </Table.Tr>
  );
}
