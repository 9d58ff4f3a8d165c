import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Ends with a sentence when this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Tillgate needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs what the lock file names, unless it is there already. */
export function install() {
  const installed = `${root}node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs) return;
  say('Installing packages (npm ci) …');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
}

/** Builds, unless the build is newer than every source. */
export function build() {
  buildServers();
  buildScreens();
}

function buildServers() {
  const marker = `${root}dist/apps/platform/src/main.js`;
  const sources = ['apps', 'libs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
  if (existsSync(marker) && newest(sources.map((path) => root + path)) <= statSync(marker).mtimeMs) return;
  say('Building …');
  run(process.execPath, [`${root}node_modules/@typescript/native/bin/tsc`, '-p', 'tsconfig.build.json']);
}

/** In a process of its own, so that the compiler's helpers end with it. */
function buildScreens() {
  const marker = `${root}dist/web/terminal/index.html`;
  const sources = ['apps/console', 'apps/terminal', 'libs/terminal-sdk', 'libs/terminal-protocol', 'package.json'];
  if (existsSync(marker) && newest(sources.map((path) => root + path)) <= statSync(marker).mtimeMs) return;
  run(process.execPath, [`${root}scripts/build-web.mjs`]);
}

export function say(text) {
  console.log(`\u001b[2m${text}\u001b[0m`);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function newest(paths) {
  return Math.max(
    ...paths.map((path) => {
      const stat = statSync(path);
      if (!stat.isDirectory()) return stat.mtimeMs;
      return newest([...readdirSync(path).map((name) => `${path}/${name}`)].filter(isSource).concat([]));
    }),
    0,
  );
}

const isSource = (path) => statSync(path).isDirectory() || /\.(tsx?|json|css|html|svg)$/.test(path);
