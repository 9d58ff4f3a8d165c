import { Card, SimpleGrid, Text } from '@mantine/core';
import type { Device } from '../api/devices.js';
import type { Overview } from '../api/overview.js';
import { useWords } from '../parts/words.js';

/** The day in four numbers. `devices` is undefined for who may not see them. */
export function Figures({
  day,
  devices,
}: {
  readonly day: Overview;
  readonly devices?: readonly Device[] | undefined;
}) {
  const { money } = useWords();
  const { approved, declined, refunded } = day;
  const answered = approved.count + declined.count;
  const rate = answered === 0 ? '—' : `${Math.round((approved.count / answered) * 100)}%`;
  const online = devices?.filter(({ status }) => status === 'online').length;
  const figures: readonly (readonly [string, string, string])[] = [
    [
      'Taken today',
      money(approved.amount, day.currency),
      refunds(refunded.count, money(refunded.amount, day.currency)),
    ],
    ['Payments approved', String(approved.count), `${declined.count} declined`],
    ['Approval rate', rate, 'of payments the card network answered'],
    ...(devices ? ([['Terminals online', `${online ?? 0} of ${devices.length}`, '']] as const) : []),
  ];
  return (
    <SimpleGrid cols={{ base: 2, lg: figures.length }}>
      {figures.map(([name, value, more]) => (
        <Card key={name} withBorder padding="md">
          <Text size="sm" c="dimmed">
            {name}
          </Text>
          <Text fz={{ base: 20, xs: 28 }} fw={700} lh={1.3}>
            {value}
          </Text>
          <Text size="xs" c="dimmed" mih={18}>
            {more}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}

const refunds = (count: number, amount: string): string =>
  count === 0 ? 'no refunds' : `${count} ${count === 1 ? 'refund' : 'refunds'}: ${amount}`;
