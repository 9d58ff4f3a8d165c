import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { everyEventType } from './events.js';
import { sessionQuery } from './session.js';

/** Which lists an event makes old, by the beginning of its type. Keys are the first part of a query's key. */
const touches: readonly (readonly [prefix: string, keys: readonly string[]])[] = [
  ['payment.conflict', ['payments', 'overview', 'events', 'conflicts']],
  ['payment.', ['payments', 'overview', 'events', 'devices']],
  ['cardTransaction', ['payments', 'overview', 'events']],
  ['terminalCancel', ['payments', 'overview', 'events']],
  ['device.', ['devices', 'events', 'audit']],
  ['api_mode.', ['session', 'settings', 'events', 'audit']],
  ['webhook.', ['webhooks', 'events']],
];

const everyKey = new Set(touches.flatMap(([, keys]) => keys));

export type Liveness = 'connecting' | 'connected' | 'lost';

const pauseMs = 3_000;
/** A burst of events asks for each list once. */
const gatherMs = 150;

/**
 * Follows the account's event stream while it is mounted and in sight, and has what changed read again. Says how
 * the connection is. A browser has six connections for all tabs of a host, so a tab that nobody sees holds none of them.
 */
export function useLiveEvents(): Liveness {
  const client = useQueryClient();
  const [live, setLive] = useState<Liveness>('connecting');
  useEffect(() => {
    const old = new Set<string>();
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      gathering = undefined;
      for (const key of old) {
        // What is being read may have been looked up before the change. It is let end, or a slow link would never see the end of one.
        if (client.isFetching({ queryKey: [key] }) > 0) continue;
        old.delete(key);
        void client.invalidateQueries({ queryKey: [key] });
      }
      if (old.size > 0) gather();
    };
    const gather = (): void => {
      gathering ??= setTimeout(refresh, gatherMs);
    };
    let source: EventSource | undefined;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const hear = ({ data }: MessageEvent<string>): void => {
      for (const key of keysOf(data)) old.add(key);
      gather();
    };
    const connect = (): void => {
      const opened = new EventSource('/v2/events/stream');
      source = opened;
      // Each event comes under its own name.
      for (const type of everyEventType) opened.addEventListener(type, hear);
      opened.onopen = () => {
        setLive('connected');
        // What happened before it was open is heard of by asking.
        for (const key of everyKey) old.add(key);
        gather();
      };
      opened.onerror = () => {
        setLive('lost');
        if (opened.readyState !== EventSource.CLOSED) return;
        // It comes back by itself but for an answer that is no stream: a proxy's, or that the session is over.
        void client.invalidateQueries(sessionQuery);
        pause = setTimeout(connect, pauseMs);
      };
    };
    const disconnect = (): void => {
      clearTimeout(pause);
      source?.close();
    };
    const seenOrNot = (): void => {
      disconnect();
      setLive(document.hidden ? 'lost' : 'connecting');
      if (!document.hidden) connect();
    };
    seenOrNot();
    document.addEventListener('visibilitychange', seenOrNot);
    return () => {
      document.removeEventListener('visibilitychange', seenOrNot);
      clearTimeout(gathering);
      disconnect();
    };
  }, [client]);
  return live;
}

function keysOf(data: string): readonly string[] {
  const { type } = JSON.parse(data) as { readonly type: string };
  return touches.find(([prefix]) => type.startsWith(prefix))?.[1] ?? ['events'];
}
