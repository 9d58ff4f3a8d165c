import { Alert, Button, Checkbox, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell, IconLock, IconLockOpen, IconMessage, IconPlugX, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, call } from '../api/client.js';
import { type Device, deviceAddress } from '../api/devices.js';
import { useMay } from '../api/session.js';
import { Confirm } from '../parts/confirm.js';
import { SendMessage } from './send-message.js';

type Act = 'lock' | 'unlock' | 'unpair' | 'retire';

const sentences: Readonly<Record<Act, readonly [title: string, text: string, action: string]>> = {
  lock: [
    'Lock this terminal?',
    'It takes no payments and no log-ins until you unlock it. A card payment in progress is finished first.',
    'Lock',
  ],
  unlock: [
    'Unlock this terminal?',
    'It comes back by itself within half a minute; whoever was logged in still is.',
    'Unlock',
  ],
  unpair: [
    'Unpair this terminal?',
    'Whoever is logged in is logged out. Its device code is blocked for 90 days. The next log-in gets a new code, which you must enter in your point of sale.',
    'Unpair',
  ],
  retire: [
    'Retire this terminal?',
    'Nobody can log in to it any more, and its device code is released. To use it again, it must be set up from scratch.',
    'Retire',
  ],
};

const done: Readonly<Record<Act, string>> = {
  lock: 'locked',
  unlock: 'unlocked',
  unpair: 'unpaired',
  retire: 'retired',
};

/** What can be done to a device from here; each says what will happen, first. */
export function DeviceActions({ device }: { readonly device: Device }) {
  const [asked, setAsked] = useState<Act | null>(null);
  const [messaging, setMessaging] = useState(false);
  const mayManage = useMay({ settings: 'write' });
  const mayShow = useMay({ processing: 'positive_transaction' });
  const ping = useMutation({
    mutationFn: () => call('GET', `${deviceAddress(device.code)}/ping`),
    onSuccess: () => notifications.show({ message: `Ping sent to ${device.code}.` }),
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
  });
  const lock: Act = device.locked ? 'unlock' : 'lock';
  const LockIcon = device.locked ? IconLockOpen : IconLock;
  const ask = (act: Act) => () => {
    setAsked(act);
  };
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconBell size={16} aria-hidden />}
        loading={ping.isPending}
        onClick={() => {
          ping.mutate();
        }}
      >
        Ping
      </Button>
      {mayShow && (
        <Button
          variant="default"
          leftSection={<IconMessage size={16} aria-hidden />}
          onClick={() => {
            setMessaging(true);
          }}
        >
          Message
        </Button>
      )}
      {mayManage && (
        <>
          <Button variant="default" leftSection={<LockIcon size={16} aria-hidden />} onClick={ask(lock)}>
            {sentences[lock][2]}
          </Button>
          <Button variant="default" leftSection={<IconPlugX size={16} aria-hidden />} onClick={ask('unpair')}>
            Unpair
          </Button>
          <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={ask('retire')}>
            Retire
          </Button>
        </>
      )}
      {messaging && (
        <SendMessage
          code={device.code}
          onClose={() => {
            setMessaging(false);
          }}
        />
      )}
      {asked && (
        <Managed
          key={asked}
          act={asked}
          code={device.code}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Group>
  );
}

function Managed({ act, code, onClose }: { readonly act: Act; readonly code: string; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [force, setForce] = useState(false);
  const [title, text, action] = sentences[act];
  const isGone = act === 'unpair' || act === 'retire';
  const manage = useMutation({
    mutationFn: () =>
      act === 'unpair'
        ? call('DELETE', deviceAddress(code))
        : call('POST', `${deviceAddress(code)}/${act}`, act === 'retire' ? { body: { force } } : {}),
    onSuccess: async () => {
      notifications.show({ message: `${code}: ${done[act]}.` });
      if (isGone) await navigate({ to: '/devices' });
      await client.invalidateQueries({ queryKey: ['devices'] });
      onClose();
    },
  });
  const owes = manage.error instanceof ApiError && manage.error.code === 'results_unsettled';
  return (
    <Confirm
      opened
      title={title}
      text={
        <>
          {text}
          {(owes || force) && (
            <Alert color="orange" role="alert" mt="md">
              A payment on this terminal has no result yet. It stays unknown until somebody settles it.
              <Checkbox
                mt="sm"
                label="Retire it anyway"
                checked={force}
                onChange={(event) => {
                  setForce(event.currentTarget.checked);
                }}
              />
            </Alert>
          )}
        </>
      }
      action={action}
      danger={isGone}
      disabled={owes && !force}
      busy={manage.isPending}
      error={owes ? null : manage.error}
      onConfirm={() => {
        manage.mutate();
      }}
      onClose={onClose}
    />
  );
}
