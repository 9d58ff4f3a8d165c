import { Button, Group, SegmentedControl, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceMobile, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Device, devicesQuery } from '../api/devices.js';
import { useSession } from '../api/session.js';
import { AddTerminal } from '../devices/add-terminal.js';
import { type Standing, standingOf } from '../devices/device-status.js';
import { DeviceRow } from '../devices/device-row.js';
import { Page } from '../parts/page.js';
import { Empty, Failed, Loading } from '../parts/states.js';

const groups = [
  { value: 'all', label: 'All' },
  { value: 'ready', label: 'Ready' },
  { value: 'online', label: 'Not ready' },
  { value: 'offline', label: 'Offline' },
  { value: 'locked', label: 'Locked' },
] as const satisfies readonly { value: Standing | 'all'; label: string }[];

export function Devices() {
  const { data, error, isPending, refetch } = useQuery(devicesQuery);
  const [adding, { open, close }] = useDisclosure();
  const mayAdd = useSession().user.role !== 'staff';
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
      Add a terminal
    </Button>
  );
  return (
    <Page title="Devices" text="The card terminals of this account that have a code." actions={add}>
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <NoDevices action={add} />}
      {data && data.length > 0 && <Fleet devices={data} />}
      <AddTerminal opened={adding} onClose={close} />
    </Page>
  );
}

const NoDevices = ({ action }: { readonly action: React.ReactNode }) => (
  <Empty
    icon={<IconDeviceMobile size={28} />}
    title="No terminal yet"
    text="A terminal gets its four-character code by itself when somebody logs in to it while API mode is on."
    action={action}
  />
);

function Fleet({ devices }: { readonly devices: readonly Device[] }) {
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState('all');
  const found = devices.filter(
    (device) => matches(device, search) && (group === 'all' || standingOf(device) === group),
  );
  return (
    <>
      <Group>
        <TextInput
          placeholder="Code, name, place or serial number"
          aria-label="Search devices"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
          style={{ flex: '1 1 240px' }}
        />
        <SegmentedControl data={[...groups]} value={group} onChange={setGroup} />
      </Group>
      {found.length === 0 ? (
        <Text c="dimmed">No device matches.</Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="sm" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {['Code', 'Name and place', 'Status', 'On its screen', 'Battery', 'Version', 'Last seen'].map(
                  (head) => (
                    <Table.Th key={head}>{head}</Table.Th>
                  ),
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((device) => (
                <DeviceRow key={device.id} device={device} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

function matches({ code, name, location, serialNumber }: Device, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [code, name, location, serialNumber].some((text) => text?.toLowerCase().includes(wanted));
}
