import { Button, Card, CloseButton, Code, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Device, devicesQuery } from '../api/devices.js';
import type { Payment } from '../api/payments.js';
import { useCopy } from '../parts/use-copy.js';
import { FirstPayment } from './first-payment.js';
import { OpenTerminal } from './open-terminal.js';

/** From nothing to the first approved payment, with the mouse alone. Each step ticks itself off as it happens. */
export function FirstVisit(props: {
  readonly devices: readonly Device[];
  readonly approved: Payment | undefined;
  readonly onAway: () => void;
}) {
  const { devices, approved, onAway } = props;
  const device = devices.find(({ listening }) => listening) ?? devices[0];
  const [copied, setCopied] = useState(false);
  // Whoever presses Continue on the terminal looks here at once.
  useQuery({ ...devicesQuery, refetchInterval: 1_000, enabled: approved === undefined });
  return (
    <Card withBorder padding="lg" style={{ borderColor: 'var(--mantine-primary-color-filled)' }}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h4">
            {approved ? 'Your first payment is approved' : 'Your first payment'}
          </Title>
          <Text size="sm" c="dimmed">
            {approved ? 'That’s it. Your point of sale works the same way.' : 'Three steps, about two minutes.'}
          </Text>
        </div>
        <CloseButton aria-label="Dismiss" onClick={onAway} />
      </Group>
      <Stack gap="lg" mt="lg" component="ol" p={0} mb={0}>
        <Step number={1} done={device !== undefined} title="Open a terminal">
          <OpenTerminal again={device !== undefined} />
        </Step>
        <Step number={2} done={copied || approved !== undefined} title="Copy its code">
          <ItsCode
            device={device}
            onCopied={() => {
              setCopied(true);
            }}
          />
        </Step>
        <Step number={3} done={approved !== undefined} title="Send the first payment">
          <FirstPayment device={device} approved={approved} onAway={onAway} />
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
    <Group component="li" align="flex-start" wrap="nowrap" gap="md">
      <ThemeIcon
        radius="xl"
        size={30}
        variant={done ? 'filled' : 'light'}
        role="img"
        aria-label={`Step ${number}, ${done ? 'done' : 'to do'}`}
      >
        {done ? <IconCheck size={18} /> : number}
      </ThemeIcon>
      <Stack gap={6} align="flex-start">
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Group>
  );
}

function ItsCode({ device, onCopied }: { readonly device: Device | undefined; readonly onCopied: () => void }) {
  const { copied, copy } = useCopy(onCopied);
  if (!device) return <Text size="sm">It appears here when somebody has logged in to the terminal.</Text>;
  return (
    <>
      <Text size="sm">Your point of sale sends this code with every payment.</Text>
      <Group gap="sm">
        <Code fz={22} fw={700}>
          {device.code}
        </Code>
        <Button
          size="xs"
          variant="light"
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() => {
            copy(device.code);
          }}
        >
          {copied ? 'Copied' : 'Copy the code'}
        </Button>
      </Group>
    </>
  );
}
