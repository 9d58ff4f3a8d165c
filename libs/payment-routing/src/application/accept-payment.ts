import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { type Currency, type DoneBy, newId } from '#kernel';
import { type Original, Payment, type PaymentTerms, type Tipping } from '../domain/payment.js';
import {
  ApiModeOffError,
  DeviceBusyError,
  DeviceLockedError,
  DeviceNotFoundError,
  DeviceNotListeningError,
  IdempotencyKeyReusedError,
} from '../domain/payment-routing.errors.js';
import { type ListeningDevice, ListeningDevices } from '../infrastructure/listening-devices.js';
import { IdempotencyKeys } from '../infrastructure/idempotency-keys.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { DeviceMail } from './device-mail.js';
import { requestFrame } from './payment-frames.js';

export interface PaymentOrder {
  readonly kind: 'purchase' | 'refund';
  readonly accountId: string;
  readonly apiMode: boolean;
  readonly timeZone: string;
  readonly deviceCode: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly invoiceNumber: string | null;
  readonly customerCode: string | null;
  readonly description: string | null;
  readonly tipping: Tipping | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly requestedBy: DoneBy;
  readonly deliverWithinMs: number;
  readonly payWithinMs: number;
  readonly idempotency: { readonly key: string; readonly payloadHash: string } | null;
}

export interface Started {
  readonly paymentId: string;
  /** True when the idempotency key had made this payment before. */
  readonly replayed: boolean;
}

/** Accepts a payment: once this resolves, it is stored and will end. */
@Injectable()
export class AcceptPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IdempotencyKeys,
    private readonly payments: PaymentRepository,
    private readonly devices: ListeningDevices,
    private readonly mail: DeviceMail,
  ) {}

  /**
   * Rejects with `idempotency_key_reused`, then `device_not_found`, `api_mode_off`, `device_locked`, `device_not_listening`,
   * then with what `originalOf` refuses, and last with `device_busy`. Only an accepted payment takes the key.
   */
  async execute(order: PaymentOrder, originalOf: (tx: Tx) => Promise<Original | null>): Promise<Started> {
    return this.unitOfWork.run(async (tx) => {
      const paymentId = newId();
      const earlier = await this.takeKey(tx, order, paymentId);
      if (earlier !== undefined) return { paymentId: earlier, replayed: true };
      const device = this.requireListening(order, await this.find(tx, order));
      const terms = termsOf(order, device, await originalOf(tx));
      const payment = Payment.request(paymentId, terms, this.mail.now());
      if (!(await this.payments.insertUnlessBusy(tx, payment))) throw new DeviceBusyError();
      this.mail.send(tx, device, requestFrame(payment));
      return { paymentId, replayed: false };
    });
  }

  /** The key's row comes first: a twin waits for it, whatever becomes of the device meanwhile. */
  private async takeKey(
    tx: Tx,
    { accountId, idempotency }: PaymentOrder,
    paymentId: string,
  ): Promise<string | undefined> {
    if (idempotency === null) return undefined;
    const at = this.mail.now();
    const holder = await this.keys.take(tx, { accountId, ...idempotency, paymentId, at });
    if (holder.paymentId === paymentId) return undefined;
    if (holder.payloadHash !== idempotency.payloadHash) throw new IdempotencyKeyReusedError();
    return holder.paymentId;
  }

  private find(tx: Tx, { accountId, deviceCode }: PaymentOrder): Promise<ListeningDevice | undefined> {
    return this.devices.find(tx, accountId, deviceCode, this.mail.now());
  }

  private requireListening(order: PaymentOrder, device: ListeningDevice | undefined) {
    if (!device) throw new DeviceNotFoundError();
    if (!order.apiMode) throw new ApiModeOffError();
    if (device.locked) throw new DeviceLockedError();
    const { node, connectionId } = device;
    if (!device.listening || node === null || connectionId === null) throw new DeviceNotListeningError();
    return { ...device, node, connectionId };
  }
}

function termsOf(order: PaymentOrder, device: ListeningDevice, original: Original | null): PaymentTerms {
  const { kind, accountId, timeZone, amount, currency, description, tipping, metadata, requestedBy } = order;
  const { deliverWithinMs, payWithinMs } = order;
  return {
    kind,
    original,
    deviceId: device.id,
    deviceCode: device.code,
    invoiceNumber: order.invoiceNumber ?? generated('INV'),
    customerCode: order.customerCode ?? generated('CST'),
    ...{
      accountId,
      timeZone,
      amount,
      currency,
      description,
      tipping,
      metadata,
      requestedBy,
      deliverWithinMs,
      payWithinMs,
    },
  };
}

/** Ten to twelve digits: too few to be taken for a card number. */
const generated = (prefix: string): string => prefix + String(randomInt(1_000_000_000, 1_000_000_000_000));
