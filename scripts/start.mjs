import { spawn } from 'node:child_process';
import { build, install, requireNode, root, say } from './prepare.mjs';

requireNode();
install();
build();
say('Starting …');

const env = { TILLGATE_DEMO: '1', LOG_LEVEL: 'warn', ...process.env };
const platform = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/platform/src/main.js'], {
  cwd: root,
  env,
  stdio: 'inherit',
});
// Ctrl-C reaches the whole terminal; a signal to this process alone is handed on.
process.on('SIGTERM', () => platform.kill('SIGTERM'));
process.on('SIGINT', () => undefined);
platform.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
