import { useQuery } from '@tanstack/react-query';
import { type DeadLetter, deadLettersQuery } from '../api/dead-letters.js';
import { type Device, devicesQuery } from '../api/devices.js';
import { conflictsQuery, type LogEvent } from '../api/events.js';
import { useMay, useSession } from '../api/session.js';
import { type Webhook, webhooksQuery } from '../api/webhooks.js';

/** So long somebody is told of what nobody can settle here. */
const conflictToldMs = 7 * 24 * 60 * 60_000;

/** `isOpen`: whether who is logged in may see it. */
export interface Source<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isOpen: boolean;
}

export function useFailingWebhooks(): Source<readonly Webhook[]> {
  const isOpen = useMay({ settings: 'read' });
  const { data, error } = useQuery({ ...webhooksQuery, enabled: isOpen });
  const failing = data?.filter(
    ({ disabledReason, failingSince }) =>
      failingSince !== null || disabledReason === 'gone' || disabledReason === 'failing',
  );
  return { data: failing, error, isOpen };
}

export function useConflicts(): Source<readonly LogEvent[]> {
  const isOpen = useMay({ general: 'read' });
  const { data, error } = useQuery({ ...conflictsQuery, enabled: isOpen });
  return { data: data?.data.filter(isRecent), error, isOpen };
}

const isRecent = ({ occurredAt }: LogEvent): boolean => Date.now() - Date.parse(occurredAt) < conflictToldMs;

export function useDeadLetters(): Source<readonly DeadLetter[]> {
  const isOpen = useSession().user.role === 'administrator';
  const { data, error } = useQuery({ ...deadLettersQuery, enabled: isOpen });
  return { data, error, isOpen };
}

export function useFleet(): Source<readonly Device[]> {
  const isOpen = useMay({ general: 'read', settings: 'read' });
  const { data, error } = useQuery({ ...devicesQuery, enabled: isOpen });
  return { data, error, isOpen };
}
