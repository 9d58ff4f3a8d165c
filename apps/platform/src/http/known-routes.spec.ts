import { FastifyAdapter } from '@nestjs/platform-fastify';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { KnownRoutes } from './known-routes.js';

describe('the known routes', () => {
  let routes: KnownRoutes;

  beforeAll(async () => {
    const adapter = new FastifyAdapter();
    routes = KnownRoutes.of(adapter);
    const server = adapter.getInstance();
    const answer = () => 'ok';
    server.get('/v2/devices', answer);
    server.get('/v2/devices/:code', answer);
    server.post('/v2/devices/:code/payment/purchase', answer);
    server.route({ method: ['PUT', 'GET'], url: '/v2/settings', handler: answer });
    server.get('/files/*', answer);
    await server.ready();
  });

  it.each([
    ['/v2/devices', ['GET']],
    ['/v2/devices?limit=1', ['GET']],
    ['/v2/devices/NB7X', ['GET']],
    ['/v2/devices/%zz/payment/purchase', ['POST']],
    ['/v2/settings', ['GET', 'PUT']],
  ])('of %s allow %j', (url, methods) => {
    expect(routes.methodsOf(url)).toEqual(methods);
  });

  it.each([
    '/',
    '/v2',
    '/v2/devices/',
    '/v2/devices//payment/purchase',
    '/v2/devices/a/b',
    '/v3/devices',
    '/files/a',
    '',
  ])('do not know %j', (url) => {
    expect(routes.methodsOf(url)).toEqual([]);
  });
});
