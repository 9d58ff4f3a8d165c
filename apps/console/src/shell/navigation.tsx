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

type Address =
  '/' | '/devices' | '/payments' | '/try' | '/api-access' | '/webhooks' | '/events' | '/users' | '/settings' | '/audit';

interface Place {
  readonly to: Address;
  readonly name: string;
  readonly icon: typeof IconGauge;
}

const groups: readonly (readonly [title: string, places: readonly Place[]])[] = [
  [
    'Shop',
    [
      { to: '/', name: 'Overview', icon: IconGauge },
      { to: '/devices', name: 'Devices', icon: IconDeviceMobile },
      { to: '/payments', name: 'Payments', icon: IconCreditCard },
      { to: '/try', name: 'Try a payment', icon: IconSend },
    ],
  ],
  [
    'Developers',
    [
      { to: '/api-access', name: 'API access', icon: IconKey },
      { to: '/webhooks', name: 'Webhooks', icon: IconWebhook },
      { to: '/events', name: 'Events', icon: IconBell },
    ],
  ],
  [
    'Account',
    [
      { to: '/users', name: 'Users', icon: IconUsers },
      { to: '/settings', name: 'Settings', icon: IconSettings },
      { to: '/audit', name: 'Audit log', icon: IconHistory },
    ],
  ],
];

/** Every page, in three groups. `onGo`: after a choice, to close the menu of a small screen. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const { pathname } = useLocation();
  const isHere = (to: string): boolean => (to === '/' ? pathname === '/' : pathname.startsWith(to));
  return (
    <Stack gap="lg">
      {groups.map(([title, places]) => (
        <Stack key={title} gap={2}>
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
      ))}
    </Stack>
  );
}
