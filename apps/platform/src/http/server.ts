import type { IncomingMessage } from 'node:http';
import { acrossAccounts } from '#database';
import { endWaits } from '#http-door';
import { newId } from '#kernel';
import { inRequest, type JsonLogger, type Metrics } from '#observability';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { PlatformConfig } from '../platform.config.js';
import { UnsupportedMediaTypeError } from './http.errors.js';
import { maxBodyBytes, parseJsonBody } from './json-body.js';
import { refuseAddress, refuseBytes } from './stray-requests.js';

const finishWithinMs = 5_000;
const saneRequestId = /^[\w.-]{8,64}$/;

/** Fastify with limits on everything that a stranger sends: size, time, form. */
export function fastifyAdapter(config: PlatformConfig): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: maxBodyBytes,
    requestTimeout: 20_000,
    keepAliveTimeout: 5_000,
    maxRequestsPerSocket: 1_000,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseBytes,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    requestIdHeader: false,
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && saneRequestId.test(given) ? given : newId();
    },
  });
  acceptJsonOnly(adapter);
  finishAnswers(adapter);
  return adapter;
}

/** A server that closes finishes what it is answering: who waits for news hears what there is, and nobody is cut off in the middle. */
function finishAnswers(adapter: FastifyAdapter): void {
  const instance = adapter.getInstance();
  instance.addHook('preClose', (done) => {
    const { server } = instance;
    endWaits(server);
    // A connection whose answer is finished would be kept for the next question.
    const hangUp = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, finishWithinMs);
    server.once('close', () => {
      clearInterval(hangUp);
      clearTimeout(cut);
    });
    done();
  });
}

/** Compressed bodies are not inflated, so there is no bomb; charsets other than UTF-8 are not guessed. */
function acceptJsonOnly(adapter: FastifyAdapter): void {
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      refuseEncodings(request);
      done(null, parseJsonBody(body));
    } catch (error) {
      done(error as Error);
    }
  });
}

function refuseEncodings({ headers }: FastifyRequest): void {
  const { 'content-encoding': encoding, 'content-type': type = '' } = headers;
  if (encoding !== undefined && encoding !== 'identity')
    throw new UnsupportedMediaTypeError('Send the body uncompressed');
  const charset = /charset=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw new UnsupportedMediaTypeError('Send the body in UTF-8');
}

/** Gives each request its id, in the logs, in the answer and in the error; measures each answer by route template. */
export function observe(adapter: FastifyAdapter, logger: JsonLogger, metrics: Metrics): void {
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, reply, next) => {
    void reply.header('x-request-id', request.id);
    inRequest({ requestId: request.id }, () => {
      acrossAccounts(next);
    });
  });
  server.addHook('onResponse', (request, reply, next) => {
    const route = request.routeOptions.url ?? 'unknown';
    const record = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    metrics.request(record);
    if (!route.startsWith('/health/')) logger.access({ requestId: request.id, ...record });
    next();
  });
}
