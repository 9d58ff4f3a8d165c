import { Injectable, Logger } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#kernel';
import { Outbox } from '#messaging';
import type { PlatformFrame } from '#terminal-protocol';
import type { DeviceMessage, PaymentResult } from '../domain/device-message.js';
import { ListeningDevices } from '../infrastructure/listening-devices.js';
import { ReportedResults } from '../infrastructure/reported-results.js';
import { DeviceMail } from './device-mail.js';
import type { Heard } from './heard.js';
import { strangerConflict } from './published-events.js';

/** A device speaks of a payment that the platform does not have, as after a restored backup. */
@Injectable()
export class HearOfStranger {
  private readonly logger = new Logger(HearOfStranger.name);

  constructor(
    private readonly reports: ReportedResults,
    private readonly devices: ListeningDevices,
    private readonly outbox: Outbox,
    private readonly mail: DeviceMail,
  ) {}

  /**
   * True when the device may forget it. Its result is kept and reported as a conflict; a prompt is taken away. Of a device
   * that no account has, which anybody may have made up, no result is kept: it stays there until somebody has logged in.
   */
  async execute(tx: Tx, heard: Heard, message: DeviceMessage): Promise<boolean> {
    if (message.type === 'result' && !(await this.keep(tx, heard, message.result))) return false;
    const reply = replyTo(message);
    if (reply && heard.from) this.mail.send(tx, heard.from, frameOf(reply, heard.paymentId));
    return reply === 'payment.settled';
  }

  /** False when the device has no owner. */
  private async keep(tx: Tx, { deviceId, paymentId, at: arrivedAt }: Heard, result: PaymentResult): Promise<boolean> {
    const owner = await this.devices.ownerOf(tx, deviceId);
    if (!owner) return false;
    const at = this.mail.now();
    if (await this.reports.keep(tx, { deviceId, paymentId, result, arrivedAt, at })) {
      this.logger.error(`device ${deviceId} reported a result for payment ${paymentId}, which is not known here`);
      await this.outbox.append(tx, strangerConflict({ deviceId, paymentId, owner, result, at }));
    }
    return true;
  }
}

function replyTo({ type }: DeviceMessage): 'payment.withdraw' | 'payment.stop' | 'payment.settled' | null {
  switch (type) {
    case 'received':
    case 'shown':
    case 'not_started':
      return 'payment.withdraw';
    case 'begin':
      return 'payment.stop';
    case 'cancelled':
    case 'expired':
    case 'unsupported':
    case 'result':
      return 'payment.settled';
    case 'busy':
    case 'journal_lost':
      return null;
  }
}

function frameOf(type: 'payment.withdraw' | 'payment.stop' | 'payment.settled', paymentId: string): PlatformFrame {
  const about = { id: newId(), paymentId };
  return type === 'payment.settled' ? { type, ...about } : { type, ...about, reason: 'not_known' };
}
