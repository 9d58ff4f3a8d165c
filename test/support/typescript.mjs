import { register } from 'node:module';

/** `node --import <this file> file.ts`: a test's own process, on the libraries as they were built. */
register('./typescript-hooks.mjs', import.meta.url);
