import { Text } from '@mantine/core';
import type { Device } from '../api/devices.js';
import { PageLink } from '../parts/links.js';
import { type Column, Records } from '../parts/records.js';
import { useWords } from '../parts/words.js';
import { screenOf } from './device-screen.js';
import { DeviceStatus } from './device-status.js';

export function DeviceList({ devices }: { readonly devices: readonly Device[] }) {
  const { ago } = useWords();
  const seen = ({ status, lastSeenAt }: Device): string =>
    status === 'online' ? 'now' : lastSeenAt === null ? 'never' : ago(lastSeenAt);
  const columns: readonly Column<Device>[] = [
    { head: 'Code', of: (device) => <Code device={device} /> },
    { head: 'Name', of: (device) => <Name device={device} /> },
    { head: 'Status', of: (device) => <DeviceStatus device={device} />, phone: 'top' },
    { head: 'Screen', of: screenOf },
    { head: 'Battery', of: batteryOf, phone: 'hidden' },
    { head: 'Version', of: ({ appVersion }) => appVersion, phone: 'hidden' },
    { head: 'Last seen', of: seen },
  ];
  return <Records columns={columns} records={devices} keyOf={({ id }) => id} />;
}

const Code = ({ device: { code } }: { readonly device: Device }) => (
  <PageLink to="/devices/$code" params={{ code }} ff="monospace" fw={700}>
    {code}
  </PageLink>
);

const Name = ({ device: { name, serialNumber, location } }: { readonly device: Device }) => (
  <>
    <Text size="sm">{name ?? serialNumber}</Text>
    {location !== null && (
      <Text size="xs" c="dimmed">
        {location}
      </Text>
    )}
  </>
);

export const batteryOf = ({ battery }: Device): string => (battery === null ? '—' : `${Math.round(battery)}%`);
