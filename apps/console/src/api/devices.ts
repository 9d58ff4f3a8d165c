import { queryOptions } from '@tanstack/react-query';
import { call } from './client.js';

export interface Device {
  readonly id: string;
  readonly code: string;
  readonly createdAt: string;
  readonly name: string | null;
  readonly location: string | null;
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
  readonly status: 'online' | 'offline';
  /** A payment may be sent to it. */
  readonly listening: boolean;
  readonly screen: string | null;
  readonly offlineSince: string | null;
  readonly lastSeenAt: string | null;
  readonly asOf: string;
  /** Per cent. */
  readonly battery: number | null;
  readonly locked: boolean;
}

/** As many as one page of the API holds; presence changes without an event of the log, so it is asked for again. */
export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) => call<readonly Device[]>('GET', '/v2/devices?limit=100', { signal }),
  refetchInterval: 5_000,
});

export const deviceQuery = (code: string) =>
  queryOptions({
    queryKey: ['devices', code],
    queryFn: ({ signal }) => call<Device>('GET', deviceAddress(code), { signal }),
    refetchInterval: 5_000,
  });

export const deviceAddress = (code: string): `/v2/devices/${string}` => `/v2/devices/${encodeURIComponent(code)}`;

export interface SetUpCode {
  readonly setupCode: string;
  readonly expiresAt: string;
}

export const newSetUpCode = (): Promise<SetUpCode> => call<SetUpCode>('POST', '/console/v1/setup-codes');

/** Where a terminal in the browser sets itself up with this code. */
export const terminalAddress = (setUpCode: string): string =>
  `${location.origin}/terminal?setupCode=${encodeURIComponent(setUpCode)}`;
