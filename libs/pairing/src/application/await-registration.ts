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

  /** The code, or null when there is none within `ms` or before `abort` fires. Rejects with `standalone_session`. */
  async execute(
    { deviceId, accountId, mode }: { readonly deviceId: string; readonly accountId: string; readonly mode: string },
    waiting: { readonly ms: number; readonly abort: AbortSignal },
  ): Promise<string | null> {
    if (mode !== 'api') throw new StandaloneSessionError();
    return readUntil(
      this.wakeUps,
      { topic: `registration:${deviceId}`, ...waiting },
      () => this.devices.codeOf(accountId, deviceId),
      (code) => code !== null,
    );
  }
}
