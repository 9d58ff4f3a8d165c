import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { randomCode } from '../domain/device-code.js';
import type { PairedDevice } from '../domain/paired-device.js';
import { NoFreeCodeError } from '../domain/pairing.errors.js';
import { DeviceCodes } from '../infrastructure/device-codes.js';

/** With half of all codes of an account taken, so many tries fail once in 10^15. */
const tries = 50;

/** Gives a device a code that no other device of the account holds; the database decides between two that want the same. */
@Injectable()
export class AssignCode {
  constructor(private readonly codes: DeviceCodes) {}

  /** Rejects with `no_free_code`. */
  async execute(tx: Tx, device: PairedDevice, at: Date): Promise<void> {
    const { accountId } = device.state;
    for (let i = 0; i < tries; i += 1) {
      const code = randomCode(randomInt);
      if (await this.codes.claim(tx, { accountId, code, deviceId: device.id, at })) {
        device.assignCode(code, at);
        return;
      }
    }
    throw new NoFreeCodeError();
  }
}
