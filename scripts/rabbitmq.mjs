import { Buffer } from 'node:buffer';
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import { freePort } from './free-port.mjs';

/** Debian's wrapper in /usr/sbin changes the user; the script behind it does not. */
const bin = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const bootMs = 90_000;
const stopMs = 20_000;

/** Whether this machine has a RabbitMQ that `startRabbitmq` can run. */
export const rabbitmqIsInstalled = () => existsSync(bin);

/**
 * Starts a RabbitMQ of our own on 127.0.0.1, all of it in `dir`, and waits until it has confirmed a message in a quorum queue.
 * What an earlier run left behind in `dir` is ended first. `url` stays the same over stop, kill, start and wipe.
 */
export async function startRabbitmq({ dir, port }) {
  await mkdir(`${dir}/home`, { recursive: true });
  await reap(dir);
  const ports = { node: port ?? (await freePort()), dist: await freePort(), epmd: await freePort() };
  const url = `amqp://guest:guest@127.0.0.1:${ports.node}`;
  let running = null;

  const broker = {
    url,
    /** Returns when the broker takes messages. */
    async start() {
      running ??= await spawnBroker(dir, ports);
      await untilItConfirms(url, running, dir);
    },
    /** As an administrator stops it: durable queues keep their messages. */
    async stop() {
      await ended(running, 'SIGTERM');
      running = null;
      await endEpmd(ports);
    },
    /** As a crash ends it. */
    async kill() {
      await ended(running, 'SIGKILL');
      running = null;
      await endEpmd(ports);
    },
    /** Stands still, sockets open, as a machine does that swaps. */
    freeze: () => process.kill(-running.pid, 'SIGSTOP'),
    thaw: () => process.kill(-running.pid, 'SIGCONT'),
    /** With a memory alarm it reads nothing more from whoever publishes. */
    alarm: (on) => control(dir, ports, ['set_vm_memory_high_watermark', ...(on ? ['absolute', '1'] : ['0.4'])]),
    /** The broker comes back and knows nothing any more. */
    async wipe() {
      await broker.kill();
      await rm(`${dir}/mnesia`, { recursive: true, force: true });
      await broker.start();
    },
  };
  await broker.start();
  return broker;
}

async function spawnBroker(dir, ports) {
  await writeFile(`${dir}/plugins`, '[].');
  const log = await open(`${dir}/boot.log`, 'a');
  const child = spawn(bin, [], { env: environment(dir, ports), detached: true, stdio: ['ignore', log.fd, log.fd] });
  child.unref();
  await log.close();
  await writeFile(`${dir}/owner`, JSON.stringify({ pid: child.pid, epmd: ports.epmd }));
  return child;
}

/** Every one of these has a default that would reach into the system's own RabbitMQ, or listen on all addresses. */
function environment(dir, ports) {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: `${dir}/home`,
    RABBITMQ_NODENAME: `tillgate${ports.node}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.node),
    RABBITMQ_DIST_PORT: String(ports.dist),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: `${dir}/mnesia`,
    RABBITMQ_LOG_BASE: `${dir}/log`,
    RABBITMQ_PID_FILE: `${dir}/pid`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${dir}/plugins`,
    RABBITMQ_CONFIG_FILE: `${dir}/rabbitmq`,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_GENERATED_CONFIG_DIR: `${dir}/generated`,
    RABBITMQ_FEATURE_FLAGS_FILE: `${dir}/mnesia/feature_flags`,
  };
}

async function control(dir, ports, command) {
  const node = `tillgate${ports.node}@localhost`;
  await promisify(execFile)('/usr/lib/rabbitmq/bin/rabbitmqctl', ['-n', node, ...command], {
    env: environment(dir, ports),
  });
}

/** An open port says nothing: the queue's leader may not be elected yet. */
async function untilItConfirms(url, child, dir) {
  const deadline = Date.now() + bootMs;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`RabbitMQ ended at start, see ${dir}/boot.log`);
    try {
      return await confirmOne(url);
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`RabbitMQ is not ready, see ${dir}/boot.log`, { cause: error });
      await sleep(250);
    }
  }
}

async function confirmOne(url) {
  const connection = await connect(url, { timeout: 5_000 });
  connection.on('error', () => {});
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => {});
    // Never one of before: a quorum queue that was made just before a kill may take no message any more.
    const queue = `tillgate.ready.${randomUUID()}`;
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-expires': 60_000 } });
    channel.sendToQueue(queue, Buffer.from('ready?'), { persistent: true });
    await Promise.race([channel.waitForConfirms(), sleep(5_000).then(() => Promise.reject(new Error('no confirm')))]);
    await channel.deleteQueue(queue);
  } finally {
    await connection.close();
  }
}

async function ended(child, signal) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  if (signal === 'SIGKILL') signalTree(child.pid, signal);
  else child.kill(signal);
  const late = setTimeout(() => signalTree(child.pid, 'SIGKILL'), stopMs);
  await exit;
  clearTimeout(late);
}

/** The daemon that Erlang leaves behind. */
async function endEpmd(ports) {
  await promisify(execFile)('epmd', ['-port', String(ports.epmd), '-kill']).catch(() => {});
}

async function reap(dir) {
  const left = await readFile(`${dir}/owner`, 'utf8').then(JSON.parse, () => null);
  if (!left) return;
  // A pid may belong to somebody else by now: only a process that was started in this folder is ended.
  const environ = await readFile(`/proc/${left.pid}/environ`, 'utf8').catch(() => '');
  if (environ.includes(`RABBITMQ_MNESIA_BASE=${dir}/mnesia`)) {
    await appendFile(`${dir}/boot.log`, `ended process ${left.pid} of an earlier run\n`);
    signalTree(left.pid, 'SIGKILL');
  }
  await endEpmd({ epmd: left.epmd });
  await rm(`${dir}/owner`, { force: true });
}

function signalTree(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
