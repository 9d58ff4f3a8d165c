import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './prepare.mjs';
import { rabbitmqIsInstalled } from './rabbitmq.mjs';

const packageName = 'rabbitmq-server';

/** Makes sure that a RabbitMQ can be started here: installs it as root on Debian, and says what to run elsewhere. */
export async function installRabbitmq() {
  if (rabbitmqIsInstalled()) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'RabbitMQ is not installed. On Debian or Ubuntu: sudo apt-get install -y rabbitmq-server. Elsewhere, name one with BROKER_URL=amqp://…',
    );
  }
  say('Installing RabbitMQ from the Debian packages …');
  if (!aptGet('install', '-y', '--no-install-recommends', packageName)) {
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', packageName);
  }
  if (!rabbitmqIsInstalled())
    throw new Error(`apt-get could not install ${packageName}; install it by hand and try again`);
}

/** RUNLEVEL=1: the package does not start its service, which would listen on every address. */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
