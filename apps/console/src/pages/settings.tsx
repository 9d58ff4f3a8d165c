import { Card, Stack, Switch, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SettingsForm } from '../account/settings-form.js';
import { settingsQuery } from '../api/account.js';
import { call } from '../api/client.js';
import { useMay, useSession } from '../api/session.js';
import { Confirm } from '../parts/confirm.js';
import { Page } from '../parts/page.js';
import { Failed, Loading } from '../parts/states.js';

export function Settings() {
  const { data, error, isPending, refetch } = useQuery(settingsQuery);
  return (
    <Page title="Settings" text="How terminals and payments of this account behave.">
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && (
        <Stack gap="lg" maw={720}>
          <ApiMode />
          <SettingsForm settings={data} />
        </Stack>
      )}
    </Page>
  );
}

function ApiMode() {
  const { apiMode } = useSession();
  const mayChange = useMay({ settings: 'write' });
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (enabled: boolean) => call('PUT', '/v2/settings/api-mode', { body: { enabled } }),
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['session'] }),
  });
  const [isAsking, setAsking] = useState(false);
  return (
    <Card withBorder padding="lg">
      <Title order={2} size="h4" mb="sm">
        API mode
      </Title>
      <Switch
        label={apiMode ? 'On: terminals take payments from your point of sale' : 'Off: terminals work by themselves'}
        checked={apiMode}
        disabled={!mayChange || set.isPending}
        onChange={(event) => {
          if (event.currentTarget.checked) set.mutate(true);
          else setAsking(true);
        }}
      />
      <Confirm
        opened={isAsking}
        title="Turn off API mode?"
        text="New payments from your point of sale are refused at once. Terminals leave API mode at their next log-in."
        action="Turn off"
        danger
        busy={set.isPending}
        error={null}
        onConfirm={() => {
          setAsking(false);
          set.mutate(false);
        }}
        onClose={() => {
          setAsking(false);
        }}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {apiMode
          ? 'If you turn this off, new payments are refused at once, and each terminal leaves API mode at its next log-in.'
          : 'When you turn this on, each terminal gets its device code at its next log-in. Terminals that are logged in now stay as they are until then.'}
      </Text>
    </Card>
  );
}
