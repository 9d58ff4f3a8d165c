import type { Webhook } from '../api/webhooks.js';
import { StateBadge } from '../parts/state-badge.js';

const why: Readonly<Record<'by_user' | 'gone' | 'failing', string>> = {
  by_user: 'Switched off',
  gone: 'Given up: it answered 410',
  failing: 'Given up: three days of failure',
};

export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const { enabled, disabledReason, failingSince } = webhook;
  const [words, color] =
    disabledReason !== null
      ? [why[disabledReason], disabledReason === 'by_user' ? 'gray' : 'red']
      : failingSince !== null
        ? ['Failing, tried again', 'orange']
        : [enabled ? 'Working' : 'Switched off', enabled ? 'teal' : 'gray'];
  return <StateBadge words={words} color={color} />;
}
