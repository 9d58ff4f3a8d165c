import { spawn } from 'node:child_process';
import { clearInterval, setInterval } from 'node:timers';
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
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
// A signal to npm ends npm's shell, which tells nobody.
const shell = process.ppid;
if (process.env.npm_lifecycle_event) {
  const watching = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watching);
    end('SIGTERM');
  }, 1_000);
}
platform.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

/** A Ctrl-C comes several times, from the terminal, from npm and from here; the platform takes it for one. */
function end(signal) {
  platform.kill(signal === 'SIGINT' ? signal : 'SIGTERM');
}
