import type { FastifyAdapter } from '@nestjs/platform-fastify';

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
}

/** The routes of this server, to tell a wrong method from a wrong address. */
export class KnownRoutes {
  private readonly routes: Route[] = [];

  /** Must be called before the first route is registered. */
  static of(adapter: FastifyAdapter): KnownRoutes {
    const known = new KnownRoutes();
    adapter.getInstance().addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) known.routes.push({ method: one, segments: url.split('/') });
    });
    return known;
  }

  /** Methods that this address knows, sorted. */
  methodsOf(url: string): string[] {
    const segments = (url.split('?', 1)[0] ?? '').split('/');
    const matching = this.routes.filter((route) => matches(route.segments, segments));
    return [...new Set(matching.map((route) => route.method))].filter((method) => method !== 'HEAD').sort();
  }
}

const matches = (pattern: readonly string[], path: readonly string[]): boolean =>
  pattern.length === path.length &&
  !pattern.includes('*') &&
  pattern.every((segment, index) => (segment.startsWith(':') ? path[index] !== '' : segment === path[index]));
