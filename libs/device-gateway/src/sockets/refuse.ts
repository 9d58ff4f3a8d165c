import { Logger } from '@nestjs/common';
import { DomainError } from '#kernel';
import type { TerminalLink } from '../application/terminal-link.js';
import { closeCodeOf } from '../application/close-code-of.js';

const logger = new Logger('device gateway');

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Every bad message gets its answer: what was wrong, then the close code. */
export function refuse(link: TerminalLink, { code, message }: Refusal, of: string | null): void {
  link.refuse(code, message, of);
  link.close(closeCodeOf(code), code);
}

/** The same for what a use case threw. */
export function refuseError(link: TerminalLink, error: unknown, of: string | null): void {
  if (error instanceof DomainError) {
    refuse(link, error, of);
    return;
  }
  logger.error('a message could not be handled', error instanceof Error ? error.stack : String(error));
  refuse(link, { code: 'unavailable', message: 'the platform cannot take this now' }, of);
}
