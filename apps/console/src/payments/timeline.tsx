import { Text, Timeline as Line } from '@mantine/core';
import type { Payment, PaymentStatus } from '../api/payments.js';
import { useWords } from '../parts/words.js';
import { reasonWords } from './reasons.js';
import { statusWords } from './status-badge.js';

/** What has passed is told as past. */
const passed: Partial<Readonly<Record<PaymentStatus, string>>> = {
  requested: 'Requested',
  shown: 'Shown on the terminal',
  processing: 'Card presented',
};

/** What happened, when, and how long after what was before. */
export function Timeline({ payment }: { readonly payment: Payment }) {
  const { clock } = useWords();
  const { timeline } = payment;
  return (
    <Line active={timeline.length - 1} bulletSize={16} lineWidth={2}>
      {timeline.map(({ at, status, reason }, index) => (
        <Line.Item key={`${at} ${status}`} title={passed[status] ?? statusWords(status)}>
          {reason !== undefined && (
            <Text size="sm" c="dimmed">
              {reasonWords(reason)}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {clock(at)}
            {afterWhat(timeline[index - 1]?.at, at)}
          </Text>
        </Line.Item>
      ))}
    </Line>
  );
}

function afterWhat(before: string | undefined, at: string): string {
  if (before === undefined) return '';
  const ms = Date.parse(at) - Date.parse(before);
  return ms < 1_000 ? ` · ${ms} ms later` : ` · ${(ms / 1_000).toFixed(1)} s later`;
}
