import type { PlatformClient } from './platform/platform-client.js';
import type { ServerClock } from './platform/server-clock.js';
import type { TerminalMemory } from './terminal-memory.js';

export interface TerminalIdentity {
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
}

/** The steps before the first log-in. Each says which are still missing; each may be repeated. They reject with PlatformRefusal. */
export class FirstSetUp {
  constructor(
    private readonly identity: TerminalIdentity,
    private readonly client: PlatformClient,
    private readonly memory: TerminalMemory,
    private readonly clock: ServerClock,
  ) {}

  /** Says who this terminal is. */
  async register(): Promise<void> {
    const { serialNumber, model, appVersion } = this.identity;
    const { missing } = await this.client.register({ serialNumber, model, appVersion });
    await this.memory.keepMissing(missing);
  }

  async checkNetwork(): Promise<void> {
    const { serverTime, missing } = await this.client.checkNetwork();
    this.clock.hear(serverTime);
    await this.memory.keepMissing(missing);
  }

  async installApp(): Promise<void> {
    await this.memory.keepMissing(await this.client.installApp(this.identity.appVersion));
  }

  /** By an administrator or a manager of the account. */
  async bindToAccount(login: { email: string; password: string }): Promise<void> {
    const { missing, account } = await this.client.bind(login);
    await this.memory.keepMissing(missing);
    this.memory.change({ accountName: account.name });
  }

  /** Every step, one after another. */
  async complete(login: { email: string; password: string }): Promise<void> {
    await this.register();
    await this.checkNetwork();
    await this.installApp();
    await this.bindToAccount(login);
  }
}
