import { Card, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import { type DeadLetter, deadLettersQuery } from '../api/dead-letters.js';
import { type Device, devicesQuery } from '../api/devices.js';
import { conflictsQuery, type LogEvent } from '../api/events.js';
import { useMay, useSession } from '../api/session.js';
import type { PaymentStatus } from '../api/payments.js';
import { PageButton } from '../parts/links.js';
import { useWords } from '../parts/words.js';
import { statusWords } from '../payments/status-badge.js';
import { RetryDeadLetters } from './retry-dead-letters.js';

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly disabledReason: string | null;
  readonly failingSince: string | null;
}

interface Concern {
  readonly key: string;
  readonly text: string;
  /** Money is not where somebody believes it to be. */
  readonly isUrgent?: boolean;
  readonly action: ReactNode;
}

const longOfflineMs = 15 * 60_000;
/** So long somebody is told of what nobody can settle here. */
const conflictToldMs = 7 * 24 * 60 * 60_000;

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

/** `isOpen`: whether who is logged in may see it. */
interface Source<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isOpen: boolean;
}

function useFailingWebhooks(): Source<readonly Webhook[]> {
  const isOpen = useMay({ settings: 'read' });
  const { data, error } = useQuery({
    queryKey: ['webhooks', 'list', 'failing'],
    queryFn: ({ signal }) => call<{ readonly data: readonly Webhook[] }>('GET', '/v2/webhooks', { signal }),
    enabled: isOpen,
  });
  const failing = data?.data.filter(
    ({ disabledReason, failingSince }) =>
      failingSince !== null || disabledReason === 'gone' || disabledReason === 'failing',
  );
  return { data: failing, error, isOpen };
}

function useConflicts(): Source<readonly LogEvent[]> {
  const isOpen = useMay({ general: 'read' });
  const { data, error } = useQuery({ ...conflictsQuery, enabled: isOpen });
  return { data: data?.data.filter(isRecent), error, isOpen };
}

const isRecent = ({ occurredAt }: LogEvent): boolean => Date.now() - Date.parse(occurredAt) < conflictToldMs;

function useDeadLetters(): Source<readonly DeadLetter[]> {
  const isOpen = useSession().user.role === 'administrator';
  const { data, error } = useQuery({ ...deadLettersQuery, enabled: isOpen });
  return { data, error, isOpen };
}

function useFleet(): Source<readonly Device[]> {
  const isOpen = useMay({ general: 'read', settings: 'read' });
  const { data, error } = useQuery({ ...devicesQuery, enabled: isOpen });
  return { data, error, isOpen };
}

function ofDeadLetters(letters: readonly DeadLetter[]): Concern[] {
  if (letters.length === 0) return [];
  const count = letters.length === 1 ? 'One event' : `${letters.length} events`;
  const text = `${count} could not be processed. The platform’s log says why.`;
  return [{ key: 'dead-letters', text, action: <RetryDeadLetters letters={letters} /> }];
}

function ofPayments(unknown: number, maySettle: boolean): Concern[] {
  if (unknown === 0) return [];
  const text = `${unknown} ${unknown === 1 ? 'payment has' : 'payments have'} an unknown outcome: a terminal lost contact.`;
  const action = (
    <PageButton to="/payments" search={{ status: 'unknown' }} size="xs" variant="light" style={{ flexShrink: 0 }}>
      {maySettle ? 'Settle' : 'Look'}
    </PageButton>
  );
  return [{ key: 'unknown', text, action, isUrgent: true }];
}

/** Of a `payment.conflict` in the log; decimal units. */
interface Conflict {
  readonly id: string;
  readonly status: PaymentStatus;
  /** `not_known`: the platform does not have the payment. */
  readonly reason: string | null;
  readonly amount: number;
  readonly tipAmount: number;
  readonly currency: string;
  readonly reported: PaymentStatus;
}

/** Nobody can settle these here: they are told until somebody has had the time to. */
const ofConflicts = (events: readonly LogEvent[], money: (amount: number, currency: string) => string): Concern[] =>
  events.map(({ id: key, data }) => {
    const { id, status, reason, amount, tipAmount, currency, reported } = data as unknown as Conflict;
    const sum = money(amount + tipAmount, currency);
    const said = statusWords(reported).toLowerCase();
    const look = { size: 'xs', variant: 'light', style: { flexShrink: 0 } } as const;
    if (reason === 'not_known') {
      const text = `A terminal reported a payment of ${sum} (${said}) that this platform does not know.`;
      return { key, text, isUrgent: true, action: <PageButton to="/events" {...look} children="Open the events" /> };
    }
    const text = `The payment of ${sum} counts as ${statusWords(status).toLowerCase()}, and the terminal then reported: ${said}.`;
    const label = `Open the payment of ${sum}`;
    const action = <PageButton to="/payments/$id" params={{ id }} {...look} aria-label={label} children="Open" />;
    return { key, text, isUrgent: true, action };
  });

const ofWebhooks = (webhooks: readonly Webhook[]): Concern[] =>
  webhooks.map(({ id, url }) => ({
    key: id,
    text: `The webhook ${url} is failing.`,
    action: (
      <PageButton
        to="/webhooks/$id"
        params={{ id }}
        size="xs"
        variant="light"
        style={{ flexShrink: 0 }}
        aria-label={`Open the webhook ${url}`}
      >
        Open
      </PageButton>
    ),
  }));

function ofDevices(devices: readonly Device[], ago: (iso: string) => string): Concern[] {
  const newestOf = (model: string) =>
    devices
      .filter((one) => one.model === model)
      .map(({ appVersion }) => appVersion)
      .sort(byVersion)
      .at(-1);
  const newest = new Map([...new Set(devices.map(({ model }) => model))].map((model) => [model, newestOf(model)]));
  return devices.flatMap((device) => {
    const { code, name, locked, offlineSince, appVersion, model } = device;
    const who = name ?? code;
    const action = (
      <PageButton to="/devices/$code" params={{ code }} size="xs" variant="light" style={{ flexShrink: 0 }}>
        Open {code}
      </PageButton>
    );
    if (locked) return [{ key: code, text: `${who} is locked.`, action }];
    if (offlineSince !== null && Date.now() - Date.parse(offlineSince) > longOfflineMs)
      return [{ key: code, text: `${who} went offline ${ago(offlineSince)}.`, action }];
    const latest = newest.get(model);
    if (latest !== undefined && byVersion(appVersion, latest) < 0)
      return [{ key: code, text: `${who} runs version ${appVersion}; the newest is ${latest}.`, action }];
    return [];
  });
}

const byVersion = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
