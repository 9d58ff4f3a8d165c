import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconDevicesOff, IconKey, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.js';
import { endSession, useSession } from '../api/session.js';
import { OwnPassword } from './own-password.js';

/** Who is logged in, and how to leave. */
export function UserMenu() {
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: (path: '/console/v1/session' | '/console/v1/sessions') => call('DELETE', path),
    onSuccess: () => {
      endSession(client);
    },
    onError: ({ message }) => notifications.show({ message: `You are still logged in. ${message}`, color: 'red' }),
  });
  const [changing, setChanging] = useState(false);
  const isDark = colorScheme === 'dark';
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="subtle" color="gray" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {user.name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {user.email} · {user.role}
          </Menu.Label>
          <Menu.Item
            leftSection={isDark ? <IconSun size={16} /> : <IconMoon size={16} />}
            onClick={() => {
              setColorScheme(isDark ? 'light' : 'dark');
            }}
          >
            {isDark ? 'Light colours' : 'Dark colours'}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKey size={16} />}
            onClick={() => {
              setChanging(true);
            }}
          >
            Change password
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={16} />}
            onClick={() => {
              leave.mutate('/console/v1/session');
            }}
          >
            Log out
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDevicesOff size={16} />}
            onClick={() => {
              leave.mutate('/console/v1/sessions');
            }}
          >
            Log out everywhere
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && (
        <OwnPassword
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </>
  );
}
