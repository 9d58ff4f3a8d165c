import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** As root on Debian; false where that is not so, or where it failed. */
export function aptInstall(packageName) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const install = ['install', '-y', '--no-install-recommends', packageName];
  return aptGet(...install) || (aptGet('update') && aptGet(...install));
}

/** RUNLEVEL=1: the package does not start its service, which would listen on every address. */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
