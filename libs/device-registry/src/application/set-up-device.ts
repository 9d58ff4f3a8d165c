import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#database';
import { Clock } from '#kernel';
import type { Device } from '../domain/device.js';
import type { SetUpStep } from '../domain/device-state.js';
import { AppUpdateRequiredError } from '../domain/device-registry.errors.js';
import { DeviceRepository } from '../infrastructure/device.repository.js';
import { DeviceRegistrySettings } from './ports.js';

/** A step of the first set-up, other than the binding to the account. */
export type Step = { readonly step: 'network' } | { readonly step: 'app'; readonly appVersion: string };

/** Does one step of the first set-up; the steps may come in any order and again. */
@Injectable()
export class SetUpDevice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceRepository,
    private readonly settings: DeviceRegistrySettings,
    private readonly clock: Clock,
  ) {}

  /** Gives the steps that are left. Rejects with `app_update_required`. */
  async execute(deviceId: string, step: Step): Promise<readonly SetUpStep[]> {
    if (step.step === 'app') this.requireVersion(step.appVersion);
    return this.unitOfWork.run(async (tx) => {
      const device = await this.devices.get(tx, deviceId);
      this.take(device, step);
      await this.devices.save(tx, device);
      return device.missingSteps;
    });
  }

  private take(device: Device, step: Step): void {
    const at = this.clock.now();
    switch (step.step) {
      case 'network':
        device.checkNetwork(at);
        break;
      case 'app':
        device.installApp(step.appVersion, at);
        break;
    }
  }

  private requireVersion(appVersion: string): void {
    const { minimumAppVersion } = this.settings;
    if (isOlder(appVersion, minimumAppVersion)) throw new AppUpdateRequiredError(minimumAppVersion);
  }
}

function isOlder(version: string, minimum: string): boolean {
  const [have, want] = [version, minimum].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < 3; i += 1) {
    const difference = (have?.[i] ?? 0) - (want?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
