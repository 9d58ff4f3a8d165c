import { spawn, spawnSync } from 'node:child_process';
import { build, install, requireNode, root, say } from './prepare.mjs';

requireNode();
install();
build();
say('Building the benchmarks …');
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.bench.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(status ?? 1);

const { startServices } = await import('./services.mjs');
const services = await startServices();
const bench = spawn(process.execPath, ['--enable-source-maps', 'dist/test/bench/main.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...services.env },
});
bench.on('exit', (code) => void services.stop().then(() => process.exit(code ?? 1)));
