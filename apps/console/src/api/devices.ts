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

/** As many as the API gives at once. */
const pageSize = 100;

/** All of the account. Presence changes without an event of the log, so it is asked for again; a large fleet less often. */
export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async ({ signal }) => {
    const devices: Device[] = [];
    for (let page = 0; devices.length === page * pageSize; page += 1)
      devices.push(...(await call<Device[]>('GET', `/v2/devices?limit=${pageSize}&page=${page}`, { signal })));
    return devices;
  },
  refetchInterval: ({ state }) => ((state.data?.length ?? 0) < pageSize ? 5_000 : 30_000),
});

export const deviceQuery = (code: string) =>
  queryOptions({
    queryKey: ['devices', code],
    queryFn: ({ signal }) => call<Device>('GET', deviceAddress(code), { signal }),
    refetchInterval: 5_000,
  });

export interface DeviceSession {
  readonly userId: string;
  readonly mode: 'api' | 'standalone';
  readonly openedAt: string;
}

/** Null: nobody is logged in. */
export const deviceSessionQuery = (code: string) =>
  queryOptions({
    queryKey: ['devices', code, 'session'],
    queryFn: async ({ signal }) => {
      const path = `/console/v1/devices/${encodeURIComponent(code)}/session`;
      return (await call<{ readonly session: DeviceSession | null }>('GET', path, { signal })).session;
    },
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
