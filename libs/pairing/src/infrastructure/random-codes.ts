import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NewCodes } from '../application/ports.js';
import { randomCode } from '../domain/device-code.js';

/** From the system's secure random numbers: no code tells anything about another one. */
@Injectable()
export class RandomCodes extends NewCodes {
  override next(): string {
    return randomCode(randomInt);
  }
}
