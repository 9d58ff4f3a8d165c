import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type EventEnvelope, signedHeaders, webhookOf } from '#notifications';
import { z } from 'zod';
import { CliError } from './cli-error.js';
import { eventsOf, newestOf } from './event-stream.js';

export interface ListenOptions {
  readonly forwardTo: string;
  readonly url?: string;
  readonly token?: string;
  readonly types?: string;
  readonly home: string;
}

const demoFile = z.object({ url: z.string(), apiToken: z.string() });
/** What is kept over a restart: how far it came (null: nothing yet), and the secret that signs. */
const keptFile = z.object({ secret: z.string(), after: z.number().nullable() });
const answerWithinMs = 15_000;

/** Brings every event of an account to a receiver on this machine, signed as a webhook would arrive. Runs until it is stopped. */
export async function listen(options: ListenOptions): Promise<void> {
  if (!URL.canParse(options.forwardTo))
    throw new CliError('--forward-to must be a URL such as http://localhost:4242/hook');
  const home = resolve(options.home);
  const { url, token } = await platformOf(options, home);
  const file = join(home, `listen-${createHash('sha256').update(`${url} ${token}`).digest('hex').slice(0, 12)}.json`);
  const { secret, after } = await keptIn(file);
  const stream = { url, token, types: options.types };
  // What happens once this says that it listens must arrive, also when the stream takes its time to open.
  const from = after ?? (await newestOf(stream));
  await keep(file, { secret, after: from });
  say(`Events of ${url} go to ${options.forwardTo}${after === null ? '' : `, from number ${after + 1} on`}.`);
  say(`They are signed with the secret ${secret} (Standard Webhooks). Press Ctrl-C to stop.`);
  for await (const event of eventsOf(stream, from)) {
    say(
      `${event.occurredAt}  ${String(event.sequence).padStart(6)}  ${event.type}  ${await forward(event, options.forwardTo, secret)}`,
    );
    await keep(file, { secret, after: event.sequence });
  }
}

/** What the receiver answered, in a few words. */
async function forward(event: EventEnvelope, to: string, secret: string): Promise<string> {
  const { messageId, body } = webhookOf(event);
  const headers = signedHeaders({ messageId, body, at: new Date(), secrets: [secret] });
  const began = performance.now();
  try {
    const { status } = await fetch(to, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return `→ ${status} in ${Math.round(performance.now() - began)} ms`;
  } catch {
    return '→ no answer; is the receiver running?';
  }
}

async function platformOf({ url, token }: ListenOptions, home: string): Promise<{ url: string; token: string }> {
  const apiToken = token ?? process.env.TILLGATE_API_TOKEN;
  if (url !== undefined && apiToken !== undefined) return { url: withoutSlash(url), token: apiToken };
  const text = await readFile(join(home, 'demo.json'), 'utf8').catch(() => '{}');
  const demo = demoFile.partial().parse(JSON.parse(text));
  const [where, who] = [url ?? demo.url, apiToken ?? demo.apiToken];
  if (where === undefined || who === undefined) {
    throw new CliError(
      `Name the platform with --url and its token in TILLGATE_API_TOKEN; there is no demo account in ${home}.`,
    );
  }
  return { url: withoutSlash(where), token: who };
}

async function keptIn(file: string): Promise<z.output<typeof keptFile>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { secret: randomBytes(32).toString('base64'), after: null };
  const parsed = keptFile.safeParse(JSON.parse(text));
  if (!parsed.success) throw new CliError(`${file} is not whole. Delete it to begin with the next event.`);
  return parsed.data;
}

/** In whole or not at all, whenever it is stopped. */
async function keep(file: string, kept: z.output<typeof keptFile>): Promise<void> {
  await writeFile(`${file}.next`, JSON.stringify(kept), { mode: 0o600 });
  await rename(`${file}.next`, file);
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
