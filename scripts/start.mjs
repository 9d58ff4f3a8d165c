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
  // In a group of its own: what ends it comes through here, once.
  detached: true,
});
/** One Ctrl-C comes twice, from the terminal and from npm; a second one, a moment later, ends the platform at once. */
const oneKeyMs = 300;
let handedOnAt = -Infinity;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    const now = Date.now();
    if (now - handedOnAt < oneKeyMs) return;
    handedOnAt = now;
    platform.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
}
platform.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
