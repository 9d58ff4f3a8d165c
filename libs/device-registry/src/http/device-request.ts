import type { DeviceRequest } from '#http-door';
import type { FastifyRequest } from 'fastify';

/** What the checks of a proof need of a request. */
export function deviceRequestOf({ method, headers, url }: FastifyRequest): DeviceRequest {
  return { method, headers, url };
}
