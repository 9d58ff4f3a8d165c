import { Button, Chip, Group, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceMobile, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Device, devicesQuery } from '../api/devices.js';
import { useMay, useSession } from '../api/session.js';
import { AddTerminal } from '../devices/add-terminal.js';
import { DeviceList } from '../devices/device-list.js';
import { type Standing, standingOf } from '../devices/device-status.js';
import { Page } from '../parts/page.js';
import { Empty, Failed, Loading, NoPermission } from '../parts/states.js';

const groups = [
  { value: 'all', label: 'All' },
  { value: 'ready', label: 'Ready' },
  { value: 'online', label: 'Not ready' },
  { value: 'offline', label: 'Offline' },
  { value: 'locked', label: 'Locked' },
] as const satisfies readonly { value: Standing | 'all'; label: string }[];

export function Devices() {
  const [adding, { open, close }] = useDisclosure();
  const mayAdd = useSession().user.role !== 'staff';
  const seesDevices = useMay({ general: 'read', settings: 'read' });
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
      Add a terminal
    </Button>
  );
  return (
    <Page title="Devices" text="The card terminals of this account that have a code." actions={add}>
      {seesDevices ? <All add={add} /> : <NoPermission />}
      <AddTerminal opened={adding} onClose={close} />
    </Page>
  );
}

function All({ add }: { readonly add: ReactNode }) {
  const { data, error, refetch } = useQuery(devicesQuery);
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />;
  return data.length === 0 ? <NoDevices action={add} /> : <Fleet devices={data} />;
}

const NoDevices = ({ action }: { readonly action: ReactNode }) => (
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
        <Chip.Group value={group} onChange={setGroup}>
          <Group gap={6} role="group" aria-label="Show">
            {groups.map(({ value, label }) => (
              <Chip key={value} value={value} size="sm">
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Group>
      {found.length === 0 ? <Text c="dimmed">No device matches.</Text> : <DeviceList devices={found} />}
    </>
  );
}

function matches({ code, name, location, serialNumber }: Device, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [code, name, location, serialNumber].some((text) => text?.toLowerCase().includes(wanted));
}
