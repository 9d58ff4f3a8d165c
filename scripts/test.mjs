import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { stripVTControlCharacters } from 'node:util';
import { installChromium } from './install-chromium.mjs';
import { build, install, requireNode, root, say } from './prepare.mjs';

/** In the order in which they find trouble soonest. */
const suites = ['unit', 'architecture', 'contract', 'integration', 'compat', 'e2e', 'browser', 'faults'];
const needServices = new Set(['integration', 'compat', 'e2e', 'browser', 'faults']);
/** Files at a time. What is tested mostly waits: for a deadline, a reconnect, a page. */
const workers = { integration: 3, faults: 1 };

/** From the last result to the end of the process. */
const endWithinSeconds = 30;

const separator = process.argv.indexOf('--');
const named = process.argv.slice(2, separator === -1 ? undefined : separator);
const jestArgs = [
  ...named.filter((arg) => !suites.includes(arg)),
  ...(separator === -1 ? [] : process.argv.slice(separator + 1)),
];
const wanted = suites.filter((suite) => named.includes(suite));
const toRun = wanted.length > 0 ? wanted : suites;

requireNode();
install();
build();

const folder = await mkdtemp(join(tmpdir(), 'tillgate-test-'));
let services = { env: {}, stop: () => Promise.resolve() };
let running = null;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

let passed = 0;
let failed = 0;
const failures = [];
try {
  if (toRun.some((suite) => needServices.has(suite))) services = await started();
  if (toRun.includes('browser')) installChromium();
  for (const suite of toRun) if (!interrupted) await run(suite, services.env);
} catch (error) {
  failed += 1;
  console.error(`\nThe tests could not run: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await stopAll();
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
if (interrupted) console.log('\nInterrupted: not all tests ran.');
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 && !interrupted ? 0 : 1);

async function run(suite, env) {
  say(`\n${suite} …`);
  const report = join(folder, `${suite}.json`);
  const args = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const output = ['--json', `--outputFile=${report}`, '--verbose', `--maxWorkers=${workers[suite] ?? 2}`];
  const begun = Date.now();
  const code = await jest([...args, ...jestArgs, ...output, `--selectProjects=${suite}`], env, report);
  const result = await readFile(report, 'utf8').then(JSON.parse, () => null);
  count(suite, code, result);
  const numbers = `${result?.numPassedTests ?? 0} passed, ${result?.numFailedTests ?? 0} failed`;
  console.log(`${suite}: ${numbers} in ${Math.round((Date.now() - begun) / 1_000)} s`);
}

/** A suite that crashed, or ran nothing, has failed. */
function count(suite, code, result) {
  const ran = (result?.numPassedTests ?? 0) + (result?.numFailedTests ?? 0);
  passed += result?.numPassedTests ?? 0;
  failed += result?.numFailedTests ?? 0;
  const broken = (result?.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  failed += broken.length;
  failures.push(...(result?.testResults ?? []).flatMap((file) => failuresOf(suite, file)));
  const silent = code !== 0 && (result?.numFailedTests ?? 0) === 0 && broken.length === 0;
  if ((ran === 0 && jestArgs.length === 0) || silent) {
    failed += 1;
    failures.push(`${suite}: did not run to its end`);
  }
}

/** A line each, with the first line of what was wrong; the whole of it was printed where it ran. */
function failuresOf(suite, file) {
  const where = `${suite} ${relative(root, file.name)}`;
  if (file.assertionResults.length === 0 && file.status === 'failed') return [`${where}: ${firstLine(file.message)}`];
  return file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${where}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
}

function firstLine(message) {
  return stripVTControlCharacters(String(message ?? '')).split('\n', 1)[0];
}

function jest(args, env, report) {
  return new Promise((resolve) => {
    running = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    const end = endOnceWritten(running, report);
    running.on('exit', (code) => {
      clearInterval(end);
      resolve(code ?? 1);
    });
  });
}

/** A failed test may leave open what keeps its process alive; the suite has then failed, and the others still run. */
function endOnceWritten(child, report) {
  let seconds = 0;
  return setInterval(() => {
    seconds = existsSync(report) ? seconds + 1 : 0;
    if (seconds === endWithinSeconds) child.kill('SIGKILL');
  }, 1_000);
}

/** Loaded only now: what it needs is installed and built by the time. */
async function started() {
  const { startServices } = await import('./services.mjs');
  return startServices();
}

async function stopAll() {
  await services.stop();
  await rm(folder, { recursive: true, force: true });
}
