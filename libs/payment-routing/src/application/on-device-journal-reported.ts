import { Controller } from '@nestjs/common';
import { type DataOf, DeviceJournalReported, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { On } from '#messaging';
import type { PlatformFrame } from '#terminal-protocol';
import type { Payment } from '../domain/payment.js';
import { ListeningDevices } from '../infrastructure/listening-devices.js';
import { PaymentRepository } from '../infrastructure/payment.repository.js';
import { DeviceMail } from './device-mail.js';
import { replyFrame, requestFrame } from './payment-frames.js';

type Stage = DataOf<typeof DeviceJournalReported>['unsettled'][number]['stage'];

/** What ended so recently is withdrawn again even if the device was connected since: that connection may have been dead. */
const recentMs = 15 * 60_000;

/** A device is there again: both sides tell what they have, and nothing that was in flight is needed. */
@Controller()
export class OnDeviceJournalReported {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly devices: ListeningDevices,
    private readonly mail: DeviceMail,
  ) {}

  @On(DeviceJournalReported, 'payment-routing')
  async handle({ data }: EventOf<typeof DeviceJournalReported>, tx: Tx): Promise<void> {
    const at = this.mail.now();
    const unsettled = new Map(data.unsettled.map(({ paymentId, stage }) => [paymentId, stage]));
    const since = await this.lastConnected(tx, data.deviceId, at);
    const known = await this.payments.toReconcile(tx, data.deviceId, [...unsettled.keys()], since);
    if (data.journalLost) await this.forget(tx, known, at);
    const frames = known.map((payment) => frameFor(payment, unsettled.get(payment.id), at));
    for (const { id } of known) unsettled.delete(id);
    const strangers = Array.from(unsettled, ([paymentId, stage]) => frameForStranger(paymentId, stage));
    for (const frame of [...frames, ...strangers]) if (frame) this.mail.send(tx, data, frame);
  }

  private async lastConnected(tx: Tx, deviceId: string, at: Date): Promise<Date> {
    const recently = new Date(at.getTime() - recentMs);
    const before = await this.devices.journalTold(tx, deviceId, at);
    return before !== null && before < recently ? before : recently;
  }

  /** A device that lost its journal cannot tell what became of a charge. */
  private async forget(tx: Tx, payments: readonly Payment[], at: Date): Promise<void> {
    for (const payment of payments) payment.hear({ type: 'journal_lost' }, at);
    const changed = payments.filter(({ recorded }) => recorded.length > 0);
    await this.payments.saveAll(tx, changed);
    for (const { id } of changed) this.mail.wake(tx, id);
  }
}

/** An open payment is asked for, and the device answers with its stage. What ended is taken away; a result comes by itself. */
function frameFor(payment: Payment, stage: Stage | undefined, at: Date): PlatformFrame | undefined {
  if (!payment.isFinal) return payment.state.isAsked ? requestFrame(payment) : undefined;
  if (stage === undefined) return replyFrame('withdraw', payment, at);
  return replyFrame(answerTo[stage], payment, at);
}

function frameForStranger(paymentId: string, stage: Stage): PlatformFrame | undefined {
  const about = { id: newId(), paymentId };
  const answer = answerTo[stage];
  if (answer === 'settled') return { type: 'payment.settled', ...about };
  return answer === null ? undefined : { type: 'payment.withdraw', ...about, reason: 'not_known' };
}

/** Of a payment that is over. What was started must not be settled: its result is still to come, and would be forgotten. */
const answerTo: Readonly<Record<Stage, 'withdraw' | 'settled' | null>> = {
  received: 'withdraw',
  begun: 'withdraw',
  started: null,
  result: null,
  cancelled: 'settled',
  expired: 'settled',
  stopped: 'settled',
};
