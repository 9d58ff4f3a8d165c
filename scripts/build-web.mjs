import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { root, say } from './prepare.mjs';

const compressible = /\.(js|css|html|svg|json)$/;

/** The pages of the browser, into dist/web; each file also compressed, so that nothing is compressed while it is asked for. */
for (const page of ['console', 'terminal']) {
  say(`Building the ${page} …`);
  const outDir = join(root, 'dist/web', page);
  await build({
    root: join(root, 'apps', page),
    base: `/${page}/`,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { conditions: ['tillgate-source', 'browser', 'module', 'import', 'default'] },
    build: {
      ...{ outDir, emptyOutDir: true, target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1000 },
      // Comments of other people's code, which nobody here can mend.
      rollupOptions: { onwarn: (warning, warn) => warning.code === 'INVALID_ANNOTATION' || warn(warning) },
    },
  });
  await compressAll(outDir);
}

async function compressAll(folder) {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((one) => compressible.test(one))) {
    const file = join(folder, name);
    const bytes = await readFile(file);
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes));
  }
}
