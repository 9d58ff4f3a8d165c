import {
  AttemptNotStarted,
  CardPresented,
  type DataOf,
  DeviceContinued,
  type DomainEvent,
  type EventContract,
  eventOf,
  PaymentCancelledOnDevice,
  PaymentReceivedOnDevice,
  PaymentRefusedByDevice,
  PaymentResultReported,
  PaymentShownOnDevice,
  PingShown,
} from '#contracts';
import { newId } from '#kernel';
import type { DeviceFrame } from '#terminal-protocol';
import type { Connection } from '../domain/connection.js';

/** What a device says that other contexts hear of as it is. */
export type ReportedFrame = Exclude<DeviceFrame, { type: 'authenticate' | 'heartbeat' | 'status' | 'token' }>;

/** A gateway has no aggregate and no store: its reports are not numbered. */
export function reportOf<Contract extends EventContract>(
  contract: Contract,
  data: DataOf<Contract>,
  { occurredAt, accountId, correlationId }: Pick<DomainEvent, 'accountId' | 'correlationId'> & { occurredAt: Date },
): DomainEvent {
  return eventOf(contract, {
    id: newId(),
    aggregateId: null,
    sequence: null,
    accountId,
    occurredAt,
    correlationId,
    data,
  });
}

/** The event that a message of a device becomes. */
export function eventFor(frame: ReportedFrame, connection: Connection, occurredAt: Date): DomainEvent {
  const { accountId } = connection;
  const report = <Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): DomainEvent => {
    const correlationId = 'paymentId' in frame ? frame.paymentId : connection.connectionId;
    return reportOf(contract, data, { occurredAt, accountId, correlationId });
  };
  switch (frame.type) {
    case 'continue':
      return report(DeviceContinued, connection);
    case 'ping.shown':
      return report(PingShown, { ...connection, pingId: frame.pingId });
    case 'payment.received':
      return report(PaymentReceivedOnDevice, { ...connection, paymentId: frame.paymentId });
    case 'payment.shown':
      return report(PaymentShownOnDevice, { ...connection, paymentId: frame.paymentId });
    case 'payment.begin':
      return report(CardPresented, { ...connection, ...saidIn(frame) });
    case 'payment.not_started':
      return report(AttemptNotStarted, { ...connection, ...saidIn(frame) });
    case 'payment.result':
      return report(PaymentResultReported, { ...connection, ...saidIn(frame) });
    case 'payment.refused':
      return report(PaymentRefusedByDevice, { ...connection, ...saidIn(frame) });
    case 'payment.cancelled':
      return report(PaymentCancelledOnDevice, { ...connection, ...saidIn(frame) });
  }
}

function saidIn<Frame extends ReportedFrame>({ type: _type, id: _id, ...said }: Frame): Omit<Frame, 'type' | 'id'> {
  return said;
}
