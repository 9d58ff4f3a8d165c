import { isOutage } from '#database';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { InvalidRequestError } from '#http-door';
import { DomainError, InvalidFieldError } from '#kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorStatuses } from './error-statuses.js';
import { KnownRoutes } from './known-routes.js';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly string[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly details?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const invalidRequest = { code: 'invalid_request', text: 'The request is not valid' };

const outage: Answer = {
  status: 503,
  code: 'unavailable',
  errors: ['The database does not answer right now; send the same again in a few seconds'],
  headers: { 'retry-after': '2' },
};

const fromFramework: Readonly<Record<number, { code: string; text: string }>> = {
  403: { code: 'forbidden', text: 'No access permission' },
  404: { code: 'not_found', text: 'There is nothing at this address; see /docs' },
  413: { code: 'body_too_large', text: 'The body is larger than 16 kB' },
  415: { code: 'unsupported_media_type', text: 'Send JSON with content-type: application/json' },
};

/** Every refusal and every fault leaves in the one shape of the API; what was sent is never repeated. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly routes: KnownRoutes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, headers, ...body } = this.answerTo(error, request);
    if (status >= 500 && !(error instanceof DomainError)) {
      this.logger.error('a request failed', error instanceof Error ? error.stack : String(error));
    }
    void reply
      .status(status)
      .headers(headers ?? {})
      .send({ errors: body.errors, code: body.code, requestId: request.id, ...optional(body) });
  }

  private answerTo(error: unknown, request: FastifyRequest): Answer {
    if (error instanceof InvalidRequestError) return fieldsAnswer(error.code, error.fields);
    if (error instanceof InvalidFieldError) return fieldsAnswer(error.code, { [error.field]: error.problem });
    if (error instanceof DomainError) return domainAnswer(error);
    const status = statusOf(error);
    if (status === 404) return this.notThere(request);
    const { code, text } = fromFramework[status] ?? invalidRequest;
    if (status >= 400 && status < 500) return { status, code, errors: [text] };
    if (isOutage(error)) return outage;
    return {
      status: 500,
      code: 'internal_error',
      errors: ['Something went wrong here; try again, or tell us the requestId'],
    };
  }

  /** The address may be right and the method wrong. */
  private notThere({ method, url }: FastifyRequest): Answer {
    const allowed = this.routes.methodsOf(url);
    if (allowed.length > 0 && !allowed.includes(method)) {
      const allow = allowed.join(', ');
      return { status: 405, code: 'method_not_allowed', errors: [`Use one of ${allow} here`], headers: { allow } };
    }
    return { status: 404, code: 'not_found', errors: [fromFramework[404]?.text ?? ''] };
  }
}

function fieldsAnswer(code: string, fields: Readonly<Record<string, string>>): Answer {
  const errors = Object.entries(fields).map(([field, problem]) => `${field}: ${problem}`);
  return { status: errorStatuses[code] ?? 500, code, errors, fields };
}

function domainAnswer(error: DomainError): Answer {
  const { retryAfterSeconds, field: _field, ...details } = error.facts;
  const headers = typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {};
  return { status: errorStatuses[error.code] ?? 500, code: error.code, errors: [error.message], details, headers };
}

/** Fastify's own errors carry `statusCode`, Nest's a status. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return Number.isInteger(status) ? status : 500;
}

const optional = ({ fields, details }: Pick<Answer, 'fields' | 'details'>): object => ({
  ...(fields ? { fields } : {}),
  ...(details && Object.keys(details).length > 0 ? { details } : {}),
});
