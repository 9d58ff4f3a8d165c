import { Text, Timeline as Line } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Payment, type PaymentDetails, type PaymentStatus, paymentDetailsQuery } from '../api/payments.js';
import { useWords } from '../parts/words.js';
import { reasonWords } from './reasons.js';
import { statusWords } from './status-badge.js';

interface Step {
  readonly at: string;
  readonly title: string;
  readonly text: string | null;
}

/** What has passed is told as past. */
const passed: Partial<Readonly<Record<PaymentStatus, string>>> = {
  requested: 'Requested',
  shown: 'Shown on the terminal',
  processing: 'Card presented',
};

/** What happened, when, and how long after what was before. */
export function Timeline({ payment }: { readonly payment: Payment }) {
  const { clock } = useWords();
  const { data: details } = useQuery(paymentDetailsQuery(payment.id));
  const steps = stepsOf(payment, details);
  return (
    <Line active={steps.length - 1} bulletSize={16} lineWidth={2}>
      {steps.map(({ at, title, text }, index) => (
        <Line.Item key={`${at} ${title}`} title={title}>
          {text !== null && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {clock(at)}
            {afterWhat(steps[index - 1]?.at, at)}
          </Text>
        </Line.Item>
      ))}
    </Line>
  );
}

/** The states of the payment, and when the terminal had it: that may be heard of late. */
function stepsOf({ timeline }: Payment, details: PaymentDetails | undefined): readonly Step[] {
  const steps = timeline.map(({ at, status, reason }): Step => {
    return { at, title: passed[status] ?? statusWords(status), text: wordsFor(status, reason, details) };
  });
  const receivedAt = details?.receivedAt ?? null;
  const received = receivedAt === null ? [] : [{ at: receivedAt, title: 'Received by the terminal', text: null }];
  return [...steps, ...received].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** People are named; a till by its API access. */
function wordsFor(status: PaymentStatus, reason: string | undefined, details: PaymentDetails | undefined) {
  const by = reason === 'by_pos' ? details?.cancelledBy : status === 'requested' ? details?.requestedBy : null;
  if (by) return by.kind === 'user' ? `by ${by.name}, in the console` : `by the point of sale “${by.name}”`;
  return reason === undefined ? meaningOf(status) : reasonWords(reason);
}

const meaningOf = (status: PaymentStatus): string | null =>
  status === 'approved' ? 'Authorised by the card network, and settled with the terminal.' : null;

function afterWhat(before: string | undefined, at: string): string {
  if (before === undefined) return '';
  const ms = Date.parse(at) - Date.parse(before);
  return ms < 1_000 ? ` · ${ms} ms later` : ` · ${(ms / 1_000).toFixed(1)} s later`;
}
