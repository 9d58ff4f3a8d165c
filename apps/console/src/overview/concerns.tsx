import type { ReactNode } from 'react';
import type { DeadLetter } from '../api/dead-letters.js';
import type { Device } from '../api/devices.js';
import type { LogEvent } from '../api/events.js';
import type { PaymentStatus } from '../api/payments.js';
import type { Webhook } from '../api/webhooks.js';
import { PageButton } from '../parts/links.js';
import { statusWords } from '../payments/status-badge.js';
import { RetryDeadLetters } from './retry-dead-letters.js';

/** Something that somebody should look at, with where it is settled. */
interface Concern {
  readonly key: string;
  readonly text: string;
  /** Money is not where somebody believes it to be. */
  readonly isUrgent?: boolean;
  readonly action: ReactNode;
}

const longOfflineMs = 15 * 60_000;

const look = { size: 'xs', variant: 'light', style: { flexShrink: 0 } } as const;

export function ofDeadLetters(letters: readonly DeadLetter[]): Concern[] {
  if (letters.length === 0) return [];
  const count = letters.length === 1 ? 'One event' : `${letters.length} events`;
  const text = `${count} could not be processed. The platform’s log says why.`;
  return [{ key: 'dead-letters', text, action: <RetryDeadLetters letters={letters} /> }];
}

export function ofPayments(unknown: number, maySettle: boolean): Concern[] {
  if (unknown === 0) return [];
  const text = `${unknown} ${unknown === 1 ? 'payment has' : 'payments have'} an unknown outcome: a terminal lost contact.`;
  const action = (
    <PageButton to="/payments" search={{ status: 'unknown' }} {...look}>
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
export const ofConflicts = (
  events: readonly LogEvent[],
  money: (amount: number, currency: string) => string,
): Concern[] =>
  events.map(({ id: key, data }) => {
    const { id, status, reason, amount, tipAmount, currency, reported } = data as unknown as Conflict;
    const sum = money(amount + tipAmount, currency);
    const said = statusWords(reported).toLowerCase();
    if (reason === 'not_known') {
      const text = `A terminal reported a payment of ${sum} (${said}) that this platform does not know.`;
      return { key, text, isUrgent: true, action: <PageButton to="/events" {...look} children="Open the events" /> };
    }
    const text = `The payment of ${sum} counts as ${statusWords(status).toLowerCase()}, and the terminal then reported: ${said}.`;
    const label = `Open the payment of ${sum}`;
    const action = <PageButton to="/payments/$id" params={{ id }} {...look} aria-label={label} children="Open" />;
    return { key, text, isUrgent: true, action };
  });

export const ofWebhooks = (webhooks: readonly Webhook[]): Concern[] =>
  webhooks.map(({ id, url }) => ({
    key: id,
    text: `The webhook ${url} is failing.`,
    action: (
      <PageButton to="/webhooks/$id" params={{ id }} {...look} aria-label={`Open the webhook ${url}`}>
        Open
      </PageButton>
    ),
  }));

export function ofDevices(devices: readonly Device[], ago: (iso: string) => string): Concern[] {
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
      <PageButton to="/devices/$code" params={{ code }} {...look}>
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
