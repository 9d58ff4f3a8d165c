import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { DeviceFrame } from '#terminal-protocol';
import { refuseError } from './refuse.js';
import type { TerminalSocket } from './terminal-socket.js';

/** Nest's own filter answers in a shape that `terminal.v1` does not know. */
@Catch()
export class TerminalErrorsFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const ws = host.switchToWs();
    refuseError(ws.getClient<TerminalSocket>().link, error, ws.getData<DeviceFrame>().id);
  }
}
