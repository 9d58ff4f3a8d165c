import { Card, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMay } from '../api/session.js';
import { useWords } from '../parts/words.js';
import { ofConflicts, ofDeadLetters, ofDevices, ofPayments, ofWebhooks } from './concerns.js';
import { type Source, useConflicts, useDeadLetters, useFailingWebhooks, useFleet } from './what-may-go-wrong.js';

/** What somebody should look at, each with where it is settled. */
export function Attention({ unknown }: { readonly unknown: number }) {
  const webhooks = useFailingWebhooks();
  const { ago, money } = useWords();
  const conflicts = useConflicts();
  const letters = useDeadLetters();
  const devices = useFleet();
  const maySettle = useMay({ processing: 'admin' });
  const sources = [conflicts, webhooks, letters, devices];
  const concerns = [
    ...ofPayments(unknown, maySettle),
    ...ofConflicts(conflicts.data ?? [], money),
    ...ofDeadLetters(letters.data ?? []),
    ...ofWebhooks(webhooks.data ?? []),
    ...ofDevices(devices.data ?? [], ago),
  ];
  return (
    <Card withBorder padding="lg">
      <Title order={2} size="h4" mb="md">
        What needs attention
      </Title>
      {concerns.length === 0 ? (
        <Nothing known={sources} />
      ) : (
        <Stack gap="sm">
          {concerns.map(({ key, text, action, isUrgent = false }) => (
            <Group key={key} justify="space-between" wrap="nowrap">
              <Group gap="sm" wrap="nowrap" miw={0}>
                <ThemeIcon variant="light" color={isUrgent ? 'red' : 'orange'} radius="xl" aria-hidden>
                  <IconAlertTriangle size={18} />
                </ThemeIcon>
                <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
              </Group>
              {action}
            </Group>
          ))}
        </Stack>
      )}
    </Card>
  );
}

/** Only of what was looked at. */
function Nothing({ known }: { readonly known: readonly Source<unknown>[] }) {
  if (known.some(({ data, isOpen, error }) => isOpen && !data && !error)) return <Skeleton h={30} radius="md" />;
  if (known.some(({ data, isOpen }) => isOpen && !data))
    return <Text size="sm">Not all of it could be read right now; it is tried again.</Text>;
  if (!known.every(({ isOpen }) => isOpen))
    return <Text size="sm">No payment has an unknown outcome. Your role does not show all that may go wrong.</Text>;
  return (
    <Group gap="sm" wrap="nowrap">
      <ThemeIcon variant="light" radius="xl" aria-hidden>
        <IconCheck size={18} />
      </ThemeIcon>
      <Text>Nothing. All is well.</Text>
    </Group>
  );
}
