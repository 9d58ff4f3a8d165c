import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '#database';
import { Clock } from '#kernel';
import { InvalidSetUpCodeError, TooManySetUpCodesError } from '../domain/device-registry.errors.js';
import { setUpCodeMinutes, typedSetUpCode } from '../domain/set-up-code.js';
import { type RedeemedSetUpCode, SetUpCodes } from '../infrastructure/set-up-codes.js';
import { setUpCodeHash } from './create-set-up-code.js';
import { DeviceRegistrySettings } from './ports.js';

/** Typing errors fit in; trying out does not. */
const guessesPerNetwork = 20;
const windowMs = setUpCodeMinutes * 60_000;

/** A terminal shows a set-up code: of which account it is, and that it is used up. */
@Injectable()
export class RedeemSetUpCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: SetUpCodes,
    private readonly settings: DeviceRegistrySettings,
    private readonly clock: Clock,
  ) {}

  /** Before `execute`, in a transaction of its own, so that a refusal undoes no count. Rejects with `too_many_requests`. */
  async countGuess(network: string): Promise<void> {
    const at = this.clock.now();
    const windowStart = new Date(at.getTime() - windowMs);
    const guesses = await this.unitOfWork.run((tx) => this.codes.countGuess(tx, network, { at, windowStart }));
    if (guesses > guessesPerNetwork) throw new TooManySetUpCodesError(windowMs / 1000);
  }

  /** Rejects with `invalid_setup_code`. */
  async execute(tx: Tx, typed: string, network: string): Promise<RedeemedSetUpCode> {
    const hash = setUpCodeHash(this.settings.setUpCodeKey, typedSetUpCode(typed));
    const redeemed = await this.codes.redeem(tx, hash, this.clock.now());
    if (!redeemed) throw new InvalidSetUpCodeError();
    await this.codes.forgetGuess(tx, network);
    return redeemed;
  }
}
