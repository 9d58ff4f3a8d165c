import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { newId } from '#kernel';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { errorStatuses } from './error-statuses.js';

/** An address that cannot be decoded, or with a part that no route takes; no hook and no filter ever sees it. */
export function refuseAddress({ code }: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const [word, text] =
    code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? ['not_found', 'There is nothing at this address; see /docs']
      : ['invalid_request', 'The address is not valid: its percent-encoding is wrong'];
  void reply
    .status(errorStatuses[word] ?? 500)
    .header('x-request-id', request.id)
    .send({ errors: [text], code: word, requestId: request.id });
}

const fromParser: Readonly<Record<string, readonly [code: string, text: string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The headers are larger than 16 kB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request took too long to arrive'],
};

/** Bytes that are not HTTP, or come too slowly: answered on the bare socket, which is closed then. */
export function refuseBytes({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [word, text] = fromParser[code ?? ''] ?? ['invalid_request', 'This is not HTTP/1.1'];
  const status = errorStatuses[word] ?? 500;
  const body = JSON.stringify({ errors: [text], code: word, requestId: newId() });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
