import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const screens = ['console', 'terminal'] as const;
/** A file with a hash in its name never changes; a page is asked for again each time. */
const [forever, eachTime] = ['public, max-age=31536000, immutable', 'no-cache'];

interface Asset {
  readonly Params: { readonly '*': string };
}

/** Serves the built pages of the browser, `/console` and `/terminal`. A view has an address of its own, and each of them is the one page; what lies under `/console/v1` is the console's API, and never a page. */
export async function serveScreens(app: NestFastifyApplication): Promise<void> {
  const root = webFolder();
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false });
  const server = app.getHttpAdapter().getInstance();
  for (const screen of screens) {
    server.get<Asset>(`/${screen}/assets/*`, (request, reply) =>
      reply.header('cache-control', forever).sendFile(`${screen}/assets/${request.params['*']}`),
    );
    for (const address of [`/${screen}`, `/${screen}/*`]) {
      server.get(address, (_request, reply) =>
        reply.header('cache-control', eachTime).sendFile(`${screen}/index.html`),
      );
    }
  }
  server.get('/console/v1/*', (_request, reply) => {
    reply.callNotFound();
  });
  server.get('/', (_request, reply) => reply.redirect('/console'));
}

/** `dist/web`, whether this file runs from the sources or from the build. */
function webFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'dist/web');
}
