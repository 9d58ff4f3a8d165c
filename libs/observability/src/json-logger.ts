import type { LoggerService, LogLevel } from '@nestjs/common';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import { currentRequest } from './request-context.js';

/** One line of the access log: the route's template, never the path, the query, a header or a body. */
export interface AccessRecord {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

const levels: readonly LogLevel[] = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];
const longest = 2_000;

/** Structured logs, one JSON object a line, with the id of the request that caused them. */
export class JsonLogger implements LoggerService {
  private readonly out: Logger;

  constructor(level: 'debug' | 'info' | 'warn' | 'error' | 'silent') {
    const mixin = (): object => currentRequest() ?? {};
    this.out = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, mixin });
  }

  access(record: AccessRecord): void {
    this.out.info(record, 'request');
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.out.info({ context: contextOf(rest) }, textOf(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.out.warn({ context: contextOf(rest) }, textOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : stackOf(message);
    this.out.error({ context: contextOf(rest), ...(stack ? { stack: stack.slice(0, longest) } : {}) }, textOf(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.out.fatal({ context: contextOf(rest) }, textOf(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.out.debug({ context: contextOf(rest) }, textOf(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.debug(message, ...rest);
  }

  setLogLevels(_levels: LogLevel[] = [...levels]): void {
    return;
  }
}

const contextOf = (rest: readonly unknown[]): string | undefined => {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
};

/** Objects are not logged: only a sentence that somebody wrote. */
function textOf(message: unknown): string {
  if (message instanceof Error) return message.message.slice(0, longest);
  return (typeof message === 'string' ? message : 'an object that is not logged').slice(0, longest);
}

const stackOf = (message: unknown): string | undefined => (message instanceof Error ? message.stack : undefined);
