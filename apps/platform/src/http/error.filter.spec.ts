import { type ArgumentsHost, BadRequestException, ForbiddenException, Logger, NotFoundException } from '@nestjs/common';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InvalidRequestError } from '#http-door';
import { DomainError, type Facts, InvalidFieldError } from '#kernel';
import { ErrorFilter } from './error.filter.js';
import { KnownRoutes } from './known-routes.js';

class Refusal extends DomainError {
  constructor(code: string, facts: Facts = {}) {
    super(code, 'The sentence for people', facts);
  }
}

/** As Fastify reports what it finds itself. */
const fromFastify = (statusCode: number) => Object.assign(new Error('canary'), { statusCode, code: 'FST_ERR_CANARY' });

const routes = Object.assign(new KnownRoutes(), {
  methodsOf: (url: string) => (url === '/known' ? ['GET', 'PUT'] : []),
});

function answerTo(error: unknown, { method = 'GET', url = '/canary' } = {}) {
  const answer = { status: 0, headers: {}, body: {} };
  const note = (part: Partial<typeof answer>) => {
    Object.assign(answer, part);
    return reply;
  };
  const reply: Record<string, (part: never) => unknown> = {
    status: (status: number) => note({ status }),
    headers: (headers: object) => note({ headers }),
    send: (body: object) => note({ body }),
  };
  const http = { getRequest: () => ({ id: 'request-1', method, url }), getResponse: () => reply };
  new ErrorFilter(routes).catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return answer;
}

describe('the answer to an error', () => {
  const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);

  beforeEach(() => {
    logged.mockClear();
  });

  it('is the status of its code, the sentence, the code and the id of the request', () => {
    expect(answerTo(new Refusal('device_busy'))).toEqual({
      status: 409,
      headers: {},
      body: { errors: ['The sentence for people'], code: 'device_busy', requestId: 'request-1' },
    });
  });

  it('has the facts in details, and the time to wait in retry-after', () => {
    const { headers, body } = answerTo(new Refusal('setup_required', { missing: ['app'], retryAfterSeconds: 60 }));
    expect(headers).toEqual({ 'retry-after': '60' });
    expect(body).toMatchObject({ details: { missing: ['app'] } });
    expect(answerTo(new Refusal('locked_out', { retryAfterSeconds: 5 })).body).not.toHaveProperty('details');
  });

  it('names each field of a request that is not valid', () => {
    expect(answerTo(new InvalidRequestError({ currency: 'missing', 'metadata.a': 'too long' }))).toMatchObject({
      status: 400,
      body: {
        code: 'invalid_request',
        errors: ['currency: missing', 'metadata.a: too long'],
        fields: { currency: 'missing', 'metadata.a': 'too long' },
      },
    });
    const { body } = answerTo(new InvalidFieldError('transactionAmount', 'must be more than 0'));
    expect(body).toEqual({
      ...{ errors: ['transactionAmount: must be more than 0'], code: 'invalid_field', requestId: 'request-1' },
      fields: { transactionAmount: 'must be more than 0' },
    });
  });

  it.each([
    [new NotFoundException('canary'), 404, 'not_found'],
    [new ForbiddenException('canary'), 403, 'forbidden'],
    [new BadRequestException({ canary: 'canary' }), 400, 'invalid_request'],
    [fromFastify(400), 400, 'invalid_request'],
    [fromFastify(413), 413, 'body_too_large'],
    [fromFastify(415), 415, 'unsupported_media_type'],
    [fromFastify(418), 418, 'invalid_request'],
    [fromFastify(500), 500, 'internal_error'],
    [fromFastify(Number.NaN), 500, 'internal_error'],
    [fromFastify(200), 500, 'internal_error'],
    [new Error('canary'), 500, 'internal_error'],
    ['canary', 500, 'internal_error'],
    [undefined, 500, 'internal_error'],
  ])('to %s repeats nothing of it', (error, status, code) => {
    const answer = answerTo(error);
    expect(answer).toMatchObject({ status, body: { code, requestId: 'request-1' } });
    expect((answer.body as { errors: string[] }).errors).toEqual([expect.stringMatching(/\w/)]);
    expect(JSON.stringify(answer)).not.toMatch(/canary/i);
  });

  it('to a database that does not answer is 503, and when to come back', () => {
    const refused = Object.assign(new Error('canary'), { code: 'ECONNREFUSED' });
    const answer = answerTo(refused);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: { code: 'unavailable' } });
    expect(JSON.stringify(answer)).not.toMatch(/canary/i);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  it('tells which methods an address knows when the method was wrong', () => {
    const wrong = answerTo(new NotFoundException(), { method: 'DELETE', url: '/known' });
    expect(wrong).toMatchObject({ status: 405, headers: { allow: 'GET, PUT' }, body: { code: 'method_not_allowed' } });
    expect(answerTo(new NotFoundException(), { method: 'GET', url: '/known' }).status).toBe(404);
  });

  it('is 500 for a code that has no status, which is a bug here', () => {
    expect(answerTo(new Refusal('made_up')).status).toBe(500);
  });

  it('is logged when it is a fault, and not when it is a refusal', () => {
    answerTo(new Refusal('device_busy'));
    answerTo(fromFastify(413));
    expect(logged).not.toHaveBeenCalled();
    answerTo(new Error('the database is gone'));
    expect(logged).toHaveBeenCalledTimes(1);
  });
});
