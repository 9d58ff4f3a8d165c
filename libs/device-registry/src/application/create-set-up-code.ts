import { createHmac, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock, type DoneBy, newId } from '#kernel';
import { Outbox } from '#messaging';
import { randomSetUpCode, readableSetUpCode, setUpCodeMinutes } from '../domain/set-up-code.js';
import { SetUpCodes } from '../infrastructure/set-up-codes.js';
import { DeviceRegistrySettings } from './ports.js';
import { setUpCodeCreated } from './published-events.js';

export interface CreatedSetUpCode {
  /** `BCDF-GHJK`; shown this once. */
  readonly setUpCode: string;
  readonly expiresAt: Date;
}

export interface WantedSetUpCode {
  readonly accountId: string;
  readonly accountName: string;
  readonly by: DoneBy;
}

/** A one-time code that binds one terminal to the account without a password being typed on it. */
@Injectable()
export class CreateSetUpCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: SetUpCodes,
    private readonly outbox: Outbox,
    private readonly settings: DeviceRegistrySettings,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, accountName, by }: WantedSetUpCode): Promise<CreatedSetUpCode> {
    const id = newId();
    const code = randomSetUpCode(randomInt);
    const at = this.clock.now();
    const expiresAt = new Date(at.getTime() + setUpCodeMinutes * 60_000);
    const hash = setUpCodeHash(this.settings.setUpCodeKey, code);
    await this.unitOfWork.run(async (tx) => {
      await this.codes.add(tx, { id, accountId, accountName, hash, expiresAt });
      await this.outbox.append(tx, [setUpCodeCreated({ id, accountId, expiresAt, by, at })]);
    });
    return { setUpCode: readableSetUpCode(code), expiresAt };
  }
}

/** Keyed, for whoever reads the database could try all codes of a plain hash. */
export const setUpCodeHash = (key: Buffer, code: string): Buffer => createHmac('sha256', key).update(code).digest();
