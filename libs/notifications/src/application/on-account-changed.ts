import { Controller } from '@nestjs/common';
import { AccountOpened, AccountSettingsChanged, ApiModeChanged, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { EventLog } from '../infrastructure/event-log.js';
import { heardOf } from './heard-of.js';
import { LogEvent } from './log-event.js';
import { ofApiMode } from './public-events.js';

/** What accounts says of an account; its opening and its settings are numbered with the rest. */
@Controller()
export class OnAccountChanged {
  constructor(
    private readonly logEvent: LogEvent,
    private readonly log: EventLog,
  ) {}

  @On(AccountOpened, 'notifications')
  async opened(event: EventOf<typeof AccountOpened>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(AccountOpened, event, []));
  }

  @On(AccountSettingsChanged, 'notifications')
  async settingsChanged(event: EventOf<typeof AccountSettingsChanged>, tx: Tx): Promise<void> {
    const heard = heardOf(AccountSettingsChanged, event, []);
    await this.log.keepFor(tx, heard.accountId, event.data.retentionDays, heard.sequence);
    await this.logEvent.execute(tx, heard);
  }

  @On(ApiModeChanged, 'notifications')
  async apiModeChanged(event: EventOf<typeof ApiModeChanged>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(ApiModeChanged, event, [ofApiMode(event.data)]));
  }
}
