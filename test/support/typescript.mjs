import { register } from 'node:module';

/** `node --import <this file> --conditions=tillgate-source file.ts`: a test's own process runs the sources as Jest does, without a build. */
register('./typescript-hooks.mjs', import.meta.url);
