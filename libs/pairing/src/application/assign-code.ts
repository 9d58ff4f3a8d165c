import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { WakeUps } from '#messaging';
import type { PairedDevice } from '../domain/paired-device.js';
import { NoFreeCodeError } from '../domain/pairing.errors.js';
import { DeviceCodes } from '../infrastructure/device-codes.js';
import { NewCodes } from './ports.js';

/** With half of all codes of an account taken, so many tries fail once in 10^15. */
const tries = 50;

/** Gives a device a code that no other device of the account holds; the database decides between two that want the same. */
@Injectable()
export class AssignCode {
  constructor(
    private readonly newCodes: NewCodes,
    private readonly codes: DeviceCodes,
    private readonly wakeUps: WakeUps,
  ) {}

  /** Rejects with `no_free_code`. */
  async execute(tx: Tx, device: PairedDevice, at: Date): Promise<void> {
    device.assignCode(await this.claimed(tx, device, at), at);
    tx.afterCommit(() => {
      this.wakeUps.signal(`registration:${device.id}`);
    });
  }

  private async claimed(tx: Tx, device: PairedDevice, at: Date): Promise<string> {
    const claim = { accountId: device.state.accountId, deviceId: device.id, at };
    for (let i = 0; i < tries; i += 1) {
      const code = this.newCodes.next();
      if (await this.codes.claim(tx, { ...claim, code })) return code;
    }
    throw new NoFreeCodeError();
  }
}
