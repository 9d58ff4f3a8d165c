import type { PlatformClient } from './platform/platform-client.js';
import type { ServerClock } from './platform/server-clock.js';
import type { TerminalMemory } from './terminal-memory.js';

export interface TerminalIdentity {
  readonly serialNumber: string;
  readonly model: string;
  readonly appVersion: string;
}

/** What binds a terminal to an account. */
export type Binding = { readonly email: string; readonly password: string } | { readonly setupCode: string };

/** The steps before the first log-in. Each says which are still missing; each may be repeated. They reject with PlatformRefusal. */
export class FirstSetUp {
  constructor(
    private readonly identity: TerminalIdentity,
    private readonly client: PlatformClient,
    private readonly memory: TerminalMemory,
    private readonly clock: ServerClock,
  ) {}

  /** Says who this terminal is. A set-up code lets its new key stand for it where the platform knows an older one (`device_known`). */
  async register(setupCode?: string): Promise<void> {
    const { serialNumber, model, appVersion } = this.identity;
    const { missing } = await this.client.register({
      serialNumber,
      model,
      appVersion,
      ...(setupCode === undefined ? {} : { setupCode }),
    });
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

  /** By an administrator or a manager of the account, or by a set-up code that one of them made. */
  async bindToAccount(login: Binding): Promise<void> {
    const { missing, account } = await this.client.bind(login);
    await this.memory.keepMissing(missing);
    this.memory.change({ accountName: account.name });
  }

  /** Every step, one after another. */
  async complete(login: Binding): Promise<void> {
    await this.register();
    await this.checkNetwork();
    await this.installApp();
    await this.bindToAccount(login);
  }
}
