import { NavLink, Stack, Text } from '@mantine/core';
import {
  IconBell,
  IconCreditCard,
  IconDeviceMobile,
  IconGauge,
  IconHistory,
  IconKey,
  IconSend,
  IconSettings,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { type Level, useMay } from '../api/session.js';

type Address =
  '/' | '/devices' | '/payments' | '/try' | '/api-access' | '/webhooks' | '/events' | '/users' | '/settings' | '/audit';

interface Place {
  readonly to: Address;
  readonly name: string;
  readonly icon: typeof IconGauge;
  /** What its page can't be read without. */
  readonly settings?: Level;
}

const groups: readonly (readonly [title: string, places: readonly Place[]])[] = [
  [
    'Shop',
    [
      { to: '/', name: 'Overview', icon: IconGauge },
      { to: '/devices', name: 'Devices', icon: IconDeviceMobile, settings: 'read' },
      { to: '/payments', name: 'Payments', icon: IconCreditCard },
      { to: '/try', name: 'Try a payment', icon: IconSend },
    ],
  ],
  [
    'Developers',
    [
      { to: '/api-access', name: 'API access', icon: IconKey, settings: 'write' },
      { to: '/webhooks', name: 'Webhooks', icon: IconWebhook, settings: 'read' },
      { to: '/events', name: 'Events', icon: IconBell },
    ],
  ],
  [
    'Account',
    [
      { to: '/users', name: 'Users', icon: IconUsers, settings: 'read' },
      { to: '/settings', name: 'Settings', icon: IconSettings, settings: 'read' },
      { to: '/audit', name: 'Audit log', icon: IconHistory, settings: 'write' },
    ],
  ],
];

/** The pages that are open to who is logged in, in groups. `onGo`: after a choice, to close the menu of a small screen. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const isOpen = { none: true, read: useMay({ settings: 'read' }), write: useMay({ settings: 'write' }) };
  return (
    <Stack gap="lg">
      {groups.map(([title, all]) => {
        const places = all.filter(({ settings = 'none' }) => isOpen[settings]);
        return places.length > 0 && <Places key={title} title={title} places={places} onGo={onGo} />;
      })}
    </Stack>
  );
}

interface PlacesProps {
  readonly title: string;
  readonly places: readonly Place[];
  readonly onGo: () => void;
}

function Places({ title, places, onGo }: PlacesProps) {
  const { pathname } = useLocation();
  const isHere = (to: string): boolean => (to === '/' ? pathname === '/' : pathname.startsWith(to));
  return (
    <Stack gap={2}>
      <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>
        {title}
      </Text>
      {places.map(({ to, name, icon: Icon }) => (
        <NavLink
          key={to}
          component={Link}
          to={to}
          label={name}
          active={isHere(to)}
          {...(isHere(to) ? { 'aria-current': 'page' as const } : {})}
          leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
          onClick={onGo}
          style={{ borderRadius: 8 }}
        />
      ))}
    </Stack>
  );
}
