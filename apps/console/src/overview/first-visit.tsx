import { Button, Card, CloseButton, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import { type Device, newSetUpCode, terminalAddress } from '../api/devices.js';
import { type Payment, paymentQuery } from '../api/payments.js';
import { useSession } from '../api/session.js';
import { CopyField } from '../parts/copy-field.js';
import { useWords } from '../parts/words.js';
import { bodyOf, purchaseAddress } from '../payments/curl.js';
import { StatusBadge } from '../payments/status-badge.js';
import { demoPin } from '../shell/demo-pin.js';

const firstAmount = 10.25;

/** From nothing to the first approved payment, with the mouse alone. Each step ticks itself off as it happens. */
export function FirstVisit({ devices, onDone }: { readonly devices: readonly Device[]; readonly onDone: () => void }) {
  const device = devices.find(({ listening }) => listening) ?? devices[0];
  return (
    <Card withBorder padding="lg" style={{ borderColor: 'var(--mantine-primary-color-filled)' }}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h4">
            Your first payment
          </Title>
          <Text size="sm" c="dimmed">
            Three steps, about two minutes.
          </Text>
        </div>
        <CloseButton aria-label="Put this card away" onClick={onDone} />
      </Group>
      <Stack gap="lg" mt="lg">
        <Step number={1} done={device !== undefined} title="Open a terminal">
          <OpenTerminal />
        </Step>
        <Step number={2} done={device !== undefined} title="Take its code">
          {device ? (
            <TheCode device={device} />
          ) : (
            <Text size="sm">It appears here when the terminal has logged in.</Text>
          )}
        </Step>
        <Step number={3} done={false} title="Send the first payment">
          <SendPayment device={device} />
        </Step>
      </Stack>
    </Card>
  );
}

function Step(props: {
  readonly number: number;
  readonly done: boolean;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { number, done, title, children } = props;
  return (
    <Group align="flex-start" wrap="nowrap" gap="md">
      <ThemeIcon radius="xl" size={30} variant={done ? 'filled' : 'light'} aria-label={done ? 'Done' : 'To do'}>
        {done ? <IconCheck size={18} /> : number}
      </ThemeIcon>
      <div>
        <Text fw={600}>{title}</Text>
        {children}
      </div>
    </Group>
  );
}

function OpenTerminal() {
  const mayAdd = useSession().user.role !== 'staff';
  const pin = demoPin();
  const open = useMutation({
    mutationFn: async (tab: Window | null) => {
      const { setupCode } = await newSetUpCode();
      if (tab) tab.location.href = terminalAddress(setupCode);
      else window.location.href = terminalAddress(setupCode);
    },
  });
  if (!mayAdd) return <Text size="sm">Ask a manager for a set-up code.</Text>;
  return (
    <Stack gap={6} align="flex-start">
      <Text size="sm">
        It opens in a new tab and leads you through its set-up.
        {pin !== null && ` Log in there with the PIN ${pin}, and press Continue.`}
      </Text>
      <Button
        size="xs"
        variant="light"
        loading={open.isPending}
        onClick={() => {
          // The tab is opened in the click itself: later, the browser would take it for an advertisement.
          open.mutate(window.open('about:blank'));
        }}
      >
        Open a terminal
      </Button>
      {open.error && (
        <Text size="sm" c="red" role="alert">
          {open.error.message}
        </Text>
      )}
    </Stack>
  );
}

function TheCode({ device }: { readonly device: Device }) {
  return (
    <Stack gap={4}>
      <Text size="sm">Your point of sale keeps this code, and names it with each payment.</Text>
      <CopyField value={device.code} label="device code" />
    </Stack>
  );
}

function SendPayment({ device }: { readonly device: Device | undefined }) {
  const { money } = useWords();
  const { currency } = useSession().account;
  const client = useQueryClient();
  const [sent, setSent] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: (code: string) => {
      const order = { code, amount: firstAmount, currency, description: 'First payment', invoiceNumber: '', tips: [] };
      return call<Payment>('POST', purchaseAddress(code), { body: bodyOf(order) });
    },
    onSuccess: async ({ id }) => {
      setSent(id);
      await client.invalidateQueries({ queryKey: ['payments'] });
    },
  });
  return (
    <Stack gap={6} align="flex-start">
      <Text size="sm">
        {device?.listening ? 'Then tap a test card on the terminal.' : 'First press Continue on the terminal.'}
      </Text>
      <Button
        size="xs"
        disabled={!device?.listening}
        loading={send.isPending}
        onClick={() => {
          if (device) send.mutate(device.code);
        }}
      >
        Send {money(firstAmount, currency)}
      </Button>
      {send.error && (
        <Text size="sm" c="red" role="alert">
          {send.error.message}
        </Text>
      )}
      {sent !== null && <Sent id={sent} />}
    </Stack>
  );
}

function Sent({ id }: { readonly id: string }) {
  const { data } = useQuery({ ...paymentQuery(id), refetchInterval: 1_000 });
  return data ? <StatusBadge status={data.status} /> : null;
}
