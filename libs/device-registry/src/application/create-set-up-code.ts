import { createHmac, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, newId } from '#kernel';
import { randomSetUpCode, readableSetUpCode, setUpCodeMinutes } from '../domain/set-up-code.js';
import { SetUpCodes } from '../infrastructure/set-up-codes.js';
import { DeviceRegistrySettings } from './ports.js';

export interface CreatedSetUpCode {
  /** `BCDF-GHJK`; shown this once. */
  readonly setUpCode: string;
  readonly expiresAt: Date;
}

/** A one-time code that binds one terminal to the account without a password being typed on it. */
@Injectable()
export class CreateSetUpCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: SetUpCodes,
    private readonly settings: DeviceRegistrySettings,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, accountName }: { accountId: string; accountName: string }): Promise<CreatedSetUpCode> {
    const code = randomSetUpCode(randomInt);
    const expiresAt = new Date(this.clock.now().getTime() + setUpCodeMinutes * 60_000);
    const hash = setUpCodeHash(this.settings.setUpCodeKey, code);
    await this.unitOfWork.run((tx) => this.codes.add(tx, { id: newId(), accountId, accountName, hash, expiresAt }));
    return { setUpCode: readableSetUpCode(code), expiresAt };
  }
}

/** Keyed, for whoever reads the database could try all codes of a plain hash. */
export const setUpCodeHash = (key: Buffer, code: string): Buffer => createHmac('sha256', key).update(code).digest();
