import { Injectable } from '@nestjs/common';
import { readUntil, WakeUps } from '#messaging';
import { StandaloneSessionError } from '../domain/pairing.errors.js';
import { LiveConnections } from '../infrastructure/live-connections.js';

/** The registering screen waits here for its code. */
@Injectable()
export class AwaitRegistration {
  constructor(
    private readonly devices: LiveConnections,
    private readonly wakeUps: WakeUps,
  ) {}

  /** The code, or null when there is none within `waitMs`. Rejects with `standalone_session`. */
  async execute(device: { deviceId: string; accountId: string; mode: string }, waitMs: number): Promise<string | null> {
    if (device.mode !== 'api') throw new StandaloneSessionError();
    const { deviceId, accountId } = device;
    const waiting = { topic: `registration:${deviceId}`, ms: waitMs };
    return readUntil(
      this.wakeUps,
      waiting,
      () => this.devices.codeOf(accountId, deviceId),
      (code) => code !== null,
    );
  }
}
