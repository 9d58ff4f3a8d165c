import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PlatformRefusal, type Terminal, testCards } from '#terminal-sdk';
import { headlessTerminal, untilState } from '#terminal-sdk/node';
import { z } from 'zod';
import { CliError } from './cli-error.js';

const demoFile = z.object({ url: z.url(), email: z.string(), password: z.string(), pin: z.string() });
type Demo = z.output<typeof demoFile>;

/** A customer takes a moment to find the card. */
const customerMs = 300;
/** So many terminals set themselves up side by side. */
const atOnce = 10;
const listeningWithinMs = 60_000;
/** After this somebody is told that it takes longer. */
const slowMs = 3_000;

/** Runs terminals until SIGINT or SIGTERM. Writes one JSON line each to stdout once it listens, and what happens to stderr. */
export async function simulate(options: { url?: string; count: number; home: string }): Promise<void> {
  const home = resolve(options.home);
  const demo = await readDemo(home);
  const url = (options.url ?? demo.url).replace(/\/$/, '');
  const running: Terminal[] = [];
  const numbers = Array.from({ length: options.count }, (_, index) => index + 1);
  while (numbers.length > 0) {
    const batch = numbers.splice(0, atOnce).map((number) => startOne({ ...demo, url }, home, number, running));
    await Promise.all(batch);
  }
  const stopped = new Promise((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  say(`${options.count} of ${options.count} terminals are listening. Press Ctrl-C to stop.`);
  await stopped;
  for (const terminal of running) terminal.stop();
  process.exit(0);
}

async function startOne(demo: Demo, home: string, number: number, running: Terminal[]): Promise<void> {
  const folder = join(home, 'terminals', String(number));
  const serialNumber = await serialNumberOf(home, number);
  const terminal = await headlessTerminal({ url: demo.url, home: folder, serialNumber });
  running.push(terminal);
  terminal.subscribe(customerOf(terminal));
  try {
    await comeUp(terminal, demo);
  } catch (error) {
    throw new CliError(`Terminal ${number}: ${explain(error, demo.url)}`);
  }
  const { code } = terminal.state;
  process.stdout.write(`${JSON.stringify({ code, serialNumber })}\n`);
  say(`${code ?? ''}  ready to take payment`);
}

/** Does what a person at the terminal would do, as far as it is not done already. */
async function comeUp(terminal: Terminal, demo: Demo): Promise<void> {
  await logIn(terminal, demo);
  const slow = setTimeout(() => {
    say(`${terminal.state.serialNumber}  not connected yet; it goes on trying …`);
  }, slowMs);
  const { screen } = await untilState(
    terminal,
    'the terminal is connected',
    (state) => (state.connected && state.code !== null) || state.screen === 'logged_out',
    listeningWithinMs,
  ).finally(() => {
    clearTimeout(slow);
  });
  // The session that it kept is over: this platform is another one, or has forgotten it.
  if (screen === 'logged_out') return comeUp(terminal, demo);
  const pressed = terminal.subscribe((state) => {
    if (state.screen === 'code' && !state.continued) terminal.pressContinue();
  });
  if (!terminal.state.continued) terminal.pressContinue();
  await untilState(terminal, 'the terminal listens', (state) => state.listening, listeningWithinMs);
  pressed();
}

async function logIn(terminal: Terminal, demo: Demo): Promise<void> {
  if (terminal.state.screen === 'setup') await terminal.setUp.complete(demo);
  const { screen, mode } = terminal.state;
  if (screen === 'log_in' || screen === 'logged_out' || mode === 'standalone') {
    await terminal.logIn({ pin: demo.pin }).catch(async (error: unknown) => {
      if (terminal.state.screen !== 'setup') throw error;
      await terminal.setUp.complete(demo);
      await terminal.logIn({ pin: demo.pin });
    });
  }
  if (terminal.state.mode === 'standalone') {
    throw new CliError('API mode is off: turn it on (PUT /v2/settings/api-mode) and start again');
  }
}

/** Taps a card a moment after each prompt, and says what came of it. */
function customerOf(terminal: Terminal): () => void {
  let prompted: string | null = null;
  let told: string | null = null;
  return () => {
    const { payment, outcome, screen, code, ping } = terminal.state;
    if (screen === 'payment' && payment && payment.paymentId !== prompted) {
      prompted = payment.paymentId;
      say(`${code ?? ''}  asks for ${(payment.amount / 100).toFixed(2)} ${payment.currency}`);
      tapSoon(terminal, payment.paymentId);
    }
    if (outcome && outcome.paymentId !== told) {
      told = outcome.paymentId;
      const { result } = outcome;
      say(`${code ?? ''}  ${result.outcome}${result.declineReason === null ? '' : ` (${result.declineReason})`}`);
    }
    if (ping && ping.pingId !== told) {
      told = ping.pingId;
      say(`${code ?? ''}  ping: ${ping.message}`);
    }
  };
}

/** Taps again while the prompt stays: the link may be down at the first try. */
function tapSoon(terminal: Terminal, paymentId: string): void {
  setTimeout(() => {
    const { screen, payment } = terminal.state;
    if (screen !== 'payment' || payment?.paymentId !== paymentId) return;
    void terminal.presentCard({ paymentId, card: testCards.visa, entryMode: 'tap' });
    tapSoon(terminal, paymentId);
  }, customerMs);
}

async function readDemo(home: string): Promise<Demo> {
  const file = join(home, 'demo.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`There is no ${file}. Run npm start first, in another shell; or name its folder with --home.`);
  });
  const parsed = demoFile.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new CliError(`${file} is not whole. Delete it together with its folder and run npm start again.`);
  return parsed.data;
}

/** Unique to this home, and the same at each start. */
async function serialNumberOf(home: string, number: number): Promise<string> {
  const { accountId } = z
    .object({ accountId: z.string() })
    .parse(JSON.parse(await readFile(join(home, 'demo.json'), 'utf8')));
  return `VT-${accountId.slice(-8).toUpperCase()}-${String(number).padStart(4, '0')}`;
}

function explain(error: unknown, url: string): string {
  if (error instanceof PlatformRefusal && error.code === 'invalid_credentials')
    return 'the password or the PIN in demo.json is not the right one any more. Write the new one into it; or delete it, and npm start opens a new demo account.';
  if (error instanceof PlatformRefusal) {
    const { message, code, retryAfterSeconds: wait } = error;
    return `${message} (${code})${wait === null ? '' : `. Try again in ${wait} s.`}`;
  }
  if (error instanceof TypeError) return `the platform at ${url} cannot be reached. Is npm start running?`;
  return error instanceof Error ? error.message : String(error);
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
