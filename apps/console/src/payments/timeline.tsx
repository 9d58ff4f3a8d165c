import { Text, Timeline as Line } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Payment, type PaymentDetails, type PaymentStatus, paymentDetailsQuery } from '../api/payments.js';
import { useWords } from '../parts/words.js';
import { reasonWords } from './reasons.js';
import { statusWords } from './status-badge.js';

interface Step {
  readonly at: string;
  readonly title: string;
  readonly text: string | null;
  readonly status: PaymentStatus | 'received' | 'authorised' | 'contradicted';
}

/** What has passed is told as past. */
const passed: Partial<Readonly<Record<PaymentStatus, string>>> = {
  requested: 'Requested',
  shown: 'Shown on the terminal',
  processing: 'Card presented',
  approved: 'Settled: approved',
};

/** What went well is green; what went wrong, or is not known, says so before it is read. */
const looks: Partial<Readonly<Record<Step['status'], { readonly color: string; readonly bullet: ReactNode }>>> = {
  unknown: { color: 'orange.8', bullet: <IconAlertTriangle size={10} aria-hidden /> },
  failed: { color: 'orange.8', bullet: <IconAlertTriangle size={10} aria-hidden /> },
  contradicted: { color: 'red.8', bullet: <IconAlertTriangle size={10} aria-hidden /> },
  declined: { color: 'red.8', bullet: <IconX size={10} aria-hidden /> },
  cancelled: { color: 'gray.7', bullet: <IconX size={10} aria-hidden /> },
  not_delivered: { color: 'gray.7', bullet: <IconX size={10} aria-hidden /> },
  abandoned: { color: 'gray.7', bullet: <IconX size={10} aria-hidden /> },
};

const lookOf = (status: Step['status']) => looks[status] ?? { bullet: <IconCheck size={10} aria-hidden /> };

/** What happened, when, and how long after what was before. */
export function Timeline({ payment }: { readonly payment: Payment }) {
  const { clock } = useWords();
  const { data: details } = useQuery(paymentDetailsQuery(payment.id));
  const steps = stepsOf(payment, details);
  return (
    <Line active={steps.length - 1} bulletSize={16} lineWidth={2}>
      {steps.map(({ at, title, text, status }, index) => (
        <Line.Item key={`${at} ${title}`} title={title} {...lookOf(status)}>
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

/** The states of the payment, with what the terminal told meanwhile: that may be heard of late. */
function stepsOf({ timeline }: Payment, details: PaymentDetails | undefined): readonly Step[] {
  const steps = timeline.map(({ at, status, reason }): Step => {
    return { at, title: passed[status] ?? statusWords(status), text: wordsFor(status, reason, details), status };
  });
  const contradiction = details?.contradiction;
  const said = contradiction ? statusWords(contradiction.outcome).toLowerCase() : '';
  const told = [
    toldStep(details?.receivedAt, 'received', 'Received by the terminal'),
    toldStep(authorisedAt(timeline, details), 'authorised', 'Authorised by the card network'),
    toldStep(contradiction?.at, 'contradicted', `The terminal reported: ${said}`),
  ];
  return [...steps.slice(0, -1), ...told.flat(), ...steps.slice(-1)].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
}

/** By the clock of a gateway, which may differ a little: it came after the card and, but where a person was faster, before the end. */
function authorisedAt(timeline: Payment['timeline'], details: PaymentDetails | undefined): string | null {
  if (!details?.authorisedAt || details.resolution) return details?.authorisedAt ?? null;
  const [card, end] = (['processing', 'approved'] as const).map((status) =>
    timeline.findLast((one) => one.status === status),
  );
  const told = Date.parse(details.authorisedAt);
  if (card && told < Date.parse(card.at)) return card.at;
  return end && told > Date.parse(end.at) ? end.at : details.authorisedAt;
}

const toldStep = (at: string | null | undefined, status: Step['status'], title: string): readonly Step[] =>
  at ? [{ at, title, text: null, status }] : [];

/** People are named; a till by its API access. */
function wordsFor(status: PaymentStatus, reason: string | undefined, details: PaymentDetails | undefined) {
  const by = reason === 'by_pos' ? details?.cancelledBy : status === 'requested' ? details?.requestedBy : null;
  if (by) return by.kind === 'user' ? `By ${by.name}, in the console` : `By the point of sale “${by.name}”`;
  if (reason === undefined) return meaningOf(status);
  const words = reasonWords(reason);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const meaningOf = (status: PaymentStatus): string | null =>
  status === 'approved' ? 'The approval is stored: it stays what it is.' : null;

function afterWhat(before: string | undefined, at: string): string {
  if (before === undefined) return '';
  const ms = Date.parse(at) - Date.parse(before);
  return ms < 1_000 ? ` · ${ms} ms later` : ` · ${(ms / 1_000).toFixed(1)} s later`;
}
