import { randomUUID } from 'node:crypto';
import {
  AttemptNotStarted,
  CardPresented,
  type DataOf,
  DeviceJournalReported,
  DeviceListeningChanged,
  type EventContract,
  eventOf,
  PaymentCancelledOnDevice,
  PaymentReceivedOnDevice,
  PaymentRefusedByDevice,
  PaymentResultReported,
  PaymentShownOnDevice,
} from '#contracts';
import type { Caller } from '#http-door';
import type { PlatformFrame } from '#terminal-protocol';
import { gatewayIsAlive, node, type Platform, tokenOf } from './support.js';

type Result = Omit<DataOf<typeof PaymentResultReported>, keyof ReturnType<typeof connectionOf>>;

const visa = { type: 'VI', firstSix: '424242', lastFour: '4242', holder: 'DOE/JANE', token: 'tok_1' };

export const aResult = (paymentId: string, more: Partial<Result> = {}): Result => ({
  ...{ paymentId, attempt: 1, outcome: 'approved', amount: 1099, tip: 0, currency: 'CAD', entryMode: 'tap' },
  ...{ card: visa, approvalCode: 'A1B2C3', declineReason: null },
  ...more,
});

const connectionOf = (deviceId: string, accountId: string, connectionId: string) => ({
  ...{ node, connectionId, deviceId, accountId, sessionId: randomUUID(), sessionNumber: 1, connectSequence: 1 },
});

let codes = 0x1000;
const newCode = (): string => (codes += 1).toString(16).toUpperCase();

/** A device that listens, as pairing tells of it, and what it would say through the gateway. */
export async function aTerminal(platform: Platform, caller: Caller) {
  const [deviceId, connectionId, code] = [randomUUID(), randomUUID(), newCode()];
  const { accountId } = caller;
  let sequence = 0;
  const token = tokenOf(caller);
  const say = (contract: EventContract, data: object, occurredAt = platform.clock.now()): Promise<void> =>
    platform.hear(
      eventOf(contract, {
        ...{ id: randomUUID(), aggregateId: null, sequence: null, accountId },
        occurredAt,
        data: { ...connectionOf(deviceId, accountId, connectionId), ...data },
      }),
    );
  const becomes = async (how: Partial<DataOf<typeof DeviceListeningChanged>>, as?: number): Promise<void> => {
    sequence += 1;
    const known = { deviceId, accountId, code, listening: true, reason: null, node, connectionId };
    await platform.hear(
      eventOf(DeviceListeningChanged, {
        ...{ id: randomUUID(), aggregateId: deviceId, sequence: as ?? sequence, accountId },
        occurredAt: platform.clock.now(),
        data: { ...known, ...how },
      }),
    );
  };
  await gatewayIsAlive(platform);
  await becomes({});
  const post = (body: object, headers: Record<string, string> = {}, to = code) =>
    platform.app.inject({
      method: 'POST',
      url: `/v2/devices/${to}/payment/purchase`,
      headers: { 'api-token': token, ...headers },
      payload: body,
    });
  return {
    ...{ deviceId, connectionId, code, caller, token, becomes, post },
    get: (url: string, headers: Record<string, string> = {}) =>
      platform.app.inject({ method: 'GET', url, headers: { 'api-token': token, ...headers } }),
    call: (method: 'GET' | 'POST', url: string, payload?: object, headers: Record<string, string> = {}) =>
      platform.app.inject({
        method,
        url,
        headers: { 'api-token': token, ...headers },
        ...(payload ? { payload } : {}),
      }),
    /** An accepted purchase of 10.99; gives its id. */
    purchase: async (more: object = {}): Promise<string> => {
      const answer = await post({ currency: 'CAD', transactionAmount: 10.99, ...more });
      if (answer.statusCode !== 202) throw new Error(answer.body);
      return answer.json<{ id: string }>().id;
    },
    received: (paymentId: string) => say(PaymentReceivedOnDevice, { paymentId }),
    shown: (paymentId: string) => say(PaymentShownOnDevice, { paymentId }),
    begin: (paymentId: string, attempt = 1, tip = 0) =>
      say(CardPresented, { paymentId, attempt, tip, entryMode: 'tap' }),
    notStarted: (paymentId: string, attempt = 1) => say(AttemptNotStarted, { paymentId, attempt }),
    cancelled: (paymentId: string, attempt = 0) =>
      say(PaymentCancelledOnDevice, { paymentId, attempt, by: 'customer' }),
    refused: (paymentId: string, reason: 'busy' | 'expired' | 'unsupported', heldPaymentId: string | null = null) =>
      say(PaymentRefusedByDevice, { paymentId, attempt: 0, reason, heldPaymentId }),
    reports: (result: Result, at?: Date) => say(PaymentResultReported, result, at),
    connects: (unsettled: DataOf<typeof DeviceJournalReported>['unsettled'], journalLost = false) =>
      say(DeviceJournalReported, { journalLost, unsettled }),
    /** Frames that came to its connection about a payment, by type, oldest first. */
    frames: (paymentId: string): PlatformFrame[] =>
      platform.frames
        .filter((sent) => sent.connectionId === connectionId)
        .flatMap(({ frame }) => ('paymentId' in frame && frame.paymentId === paymentId ? [frame] : [])),
  };
}

export type Terminal = Awaited<ReturnType<typeof aTerminal>>;

export const types = (frames: readonly PlatformFrame[]): string[] => frames.map(({ type }) => type);

interface Stored {
  readonly status: string;
  readonly reason: string | null;
  readonly attempt: number;
}

export async function stored(platform: Platform, paymentId: string): Promise<Stored> {
  const [row] = await platform.query<Stored>(
    'SELECT status, reason, attempt FROM payment_routing.payment WHERE id = $1',
    [paymentId],
  );
  if (!row) throw new Error('no such payment');
  return row;
}

/** Brings a payment to a state by what devices say; the attempt is 2 where a card was presented. */
export const ways: Readonly<Record<string, (terminal: Terminal, id: string) => Promise<void>>> = {
  requested: () => Promise.resolve(),
  shown: async (terminal, id) => {
    await terminal.shown(id);
    await terminal.notStarted(id, 2);
  },
  processing: (terminal, id) => terminal.begin(id, 2),
  unknown: async (terminal, id) => {
    await terminal.begin(id, 2);
    await terminal.connects([], true);
  },
  approved: (terminal, id) => terminal.reports(aResult(id)),
  declined: (terminal, id) => terminal.reports(aResult(id, { outcome: 'declined', declineReason: 'pin' })),
  failed: (terminal, id) => terminal.reports(aResult(id, { outcome: 'failed', declineReason: 'jam' })),
  cancelled: (terminal, id) => terminal.cancelled(id),
  not_delivered: (terminal, id) => terminal.refused(id, 'expired'),
  abandoned: async (terminal, id) => {
    await terminal.shown(id);
    await terminal.refused(id, 'expired');
  },
};
