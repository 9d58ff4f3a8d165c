import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.js';
import { type Webhook, webhookAddress } from '../api/webhooks.js';
import { Confirm } from '../parts/confirm.js';
import { EditWebhook } from './edit-webhook.js';
import { SendAgain } from './send-again.js';

export interface Rotated {
  readonly secret: string;
  /** Until then the old secret signs too. */
  readonly previousUntil: string;
}

/** Test, change, rotate, switch on and off, remove. */
export function WebhookActions(props: { readonly webhook: Webhook; readonly onRotated: (rotated: Rotated) => void }) {
  const { webhook, onRotated } = props;
  const address = webhookAddress(webhook.id);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<'edit' | 'rotate' | 'remove' | 'again' | null>(null);
  const close = (): void => {
    setOpened(null);
  };
  const refresh = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const onError = ({ message }: Error) => notifications.show({ message, color: 'red' });
  const test = useMutation({ mutationFn: () => call('POST', `${address}/test`), onSuccess: refresh, onError });
  const toggle = useMutation({
    mutationFn: () => call('PATCH', address, { body: { enabled: !webhook.enabled } }),
    onSuccess: refresh,
    onError,
  });
  const rotate = useMutation({
    mutationFn: () => call<Rotated>('POST', `${address}/rotate-secret`),
    onSuccess: (rotated) => {
      onRotated(rotated);
      close();
    },
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE', address),
    onSuccess: async () => {
      await navigate({ to: '/webhooks' });
      await refresh();
    },
  });
  const open = (what: typeof opened) => () => {
    setOpened(what);
  };
  return (
    <Group gap="sm">
      <Button
        loading={test.isPending}
        disabled={!webhook.enabled}
        onClick={() => {
          test.mutate();
        }}
      >
        Send a test
      </Button>
      <Button variant="default" disabled={!webhook.enabled} onClick={open('again')}>
        Send again …
      </Button>
      <Button variant="default" onClick={open('edit')}>
        Change
      </Button>
      <Button variant="default" onClick={open('rotate')}>
        New secret
      </Button>
      <Button
        variant="default"
        loading={toggle.isPending}
        onClick={() => {
          toggle.mutate();
        }}
      >
        {webhook.enabled ? 'Switch off' : 'Switch on again'}
      </Button>
      <Button variant="default" onClick={open('remove')}>
        Remove
      </Button>
      {opened === 'edit' && <EditWebhook webhook={webhook} opened onClose={close} />}
      {opened === 'again' && <SendAgain webhook={webhook} onClose={close} />}
      <Confirm
        opened={opened === 'rotate'}
        title="Make a new secret?"
        text="For 24 hours deliveries are signed with both, so that nothing is refused while your receiver changes over."
        action="Create a new secret"
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => {
          rotate.mutate();
        }}
        onClose={close}
      />
      <Confirm
        opened={opened === 'remove'}
        title="Remove this endpoint?"
        text="Its deliveries and their log go with it. What was not delivered is still in the event log."
        action="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => {
          remove.mutate();
        }}
        onClose={close}
      />
    </Group>
  );
}
