import { Controller } from '@nestjs/common';
import { AccountOpened, ApiModeChanged, type EventOf } from '#contracts';
import type { Tx } from '#database';
import { On } from '#messaging';
import { heardOf } from './heard-of.js';
import { LogEvent } from './log-event.js';
import { ofApiMode } from './public-events.js';

/** What accounts says of an account; its opening is numbered with the rest. */
@Controller()
export class OnAccountChanged {
  constructor(private readonly logEvent: LogEvent) {}

  @On(AccountOpened, 'notifications')
  async opened(event: EventOf<typeof AccountOpened>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(AccountOpened, event, []));
  }

  @On(ApiModeChanged, 'notifications')
  async apiModeChanged(event: EventOf<typeof ApiModeChanged>, tx: Tx): Promise<void> {
    await this.logEvent.execute(tx, heardOf(ApiModeChanged, event, [ofApiMode(event.data)]));
  }
}
