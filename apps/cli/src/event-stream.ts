import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import type { EventEnvelope } from '#notifications';
import { CliError } from './cli-error.js';

export interface StreamOptions {
  /** The platform's address, without a path. */
  readonly url: string;
  readonly token: string;
  /** Separated by commas; undefined: all. */
  readonly types: string | undefined;
}

const refusal = z.object({ errors: z.array(z.string()) });
const page = z.object({ data: z.array(z.object({ sequence: z.int() })) });
const reconnectMs = 1_000;
/** The platform says that it is there every 15 s; a stream that is silent for longer is dead. */
const silentMs = 40_000;

/** The number of the account's newest event; 0: there is none. */
export async function newestOf({ url, token }: StreamOptions): Promise<number> {
  const query = `before=${Number.MAX_SAFE_INTEGER}&limit=1`;
  const headers = { 'api-token': token };
  const response = await fetch(`${url}/v2/events?${query}`, { headers }).catch(() => null);
  if (!response?.ok) throw new CliError(response ? await reasonOf(response) : `${url} cannot be reached.`);
  return page.parse(await response.json()).data[0]?.sequence ?? 0;
}

/** The account's events from a cursor on, for ever: a cut stream is opened again where it ended. */
export async function* eventsOf(options: StreamOptions, after: number): AsyncGenerator<EventEnvelope> {
  for (let last = after; ;) {
    const watch = new Watch();
    try {
      for await (const event of await opened(options, last, watch)) {
        last = event.sequence;
        yield event;
      }
    } catch (error) {
      if (error instanceof CliError) throw error;
    } finally {
      watch.end();
    }
    process.stderr.write('The stream was cut; connecting again …\n');
    await new Promise((resolve) => setTimeout(resolve, reconnectMs));
  }
}

async function opened({ url, token, types }: StreamOptions, last: number, watch: Watch) {
  const query = types === undefined ? '' : `?types=${encodeURIComponent(types)}`;
  const response = await fetch(`${url}/v2/events/stream${query}`, {
    signal: watch.signal,
    headers: { 'api-token': token, 'last-event-id': String(last) },
  });
  if (response.status >= 400 && response.status < 500) throw new CliError(await reasonOf(response));
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  return eventsIn(response.body, watch);
}

async function* eventsIn(body: ReadableStream<Uint8Array>, watch: Watch): AsyncGenerator<EventEnvelope> {
  const messages = body.pipeThrough(watch.asText()).pipeThrough(new EventSourceParserStream());
  for await (const { data } of messages) yield JSON.parse(data) as EventEnvelope;
}

async function reasonOf(response: Response): Promise<string> {
  const parsed = refusal.safeParse(await response.json().catch(() => undefined));
  return `The platform refuses the stream: ${parsed.data?.errors.join('; ') ?? `HTTP ${response.status}`}`;
}

/** Cuts a stream on which nothing comes any more, not even the sign of life. */
class Watch {
  private readonly cut = new AbortController();
  private timer = this.started();

  get signal(): AbortSignal {
    return this.cut.signal;
  }

  asText(): TransformStream<Uint8Array, string> {
    const decoder = new TextDecoder();
    return new TransformStream({
      transform: (chunk, controller) => {
        clearTimeout(this.timer);
        this.timer = this.started();
        controller.enqueue(decoder.decode(chunk, { stream: true }));
      },
    });
  }

  end(): void {
    clearTimeout(this.timer);
    this.cut.abort();
  }

  private started(): NodeJS.Timeout {
    return setTimeout(() => {
      this.cut.abort();
    }, silentMs);
  }
}
