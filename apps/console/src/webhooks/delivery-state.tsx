import type { Attempt, Delivery } from '../api/webhooks.js';
import { StateBadge } from '../parts/state-badge.js';

const looks = { pending: ['Waiting', 'blue'], delivered: ['Delivered', 'teal'], failed: ['Failed', 'red'] } as const;

export function DeliveryState({ state }: Pick<Delivery, 'state'>) {
  const [words, color] = looks[state];
  return <StateBadge words={words} color={color} />;
}

/** `200 in 34 ms` */
export const answerOf = ({ status, problem, tookMs }: Attempt): string =>
  `${status ?? problem ?? 'no response'} in ${tookMs} ms`;

export const lastAnswerOf = ({ attempts }: Delivery): string => {
  const last = attempts.at(-1);
  return last ? answerOf(last) : '—';
};
