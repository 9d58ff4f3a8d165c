import { Readable } from 'node:stream';
import { inEnvelope, type PublicEvent } from '../public-event.js';

/** How soon an EventSource comes back after a cut. */
const retryMs = 1_000;

/** Server-sent events (HTML Living Standard, 9.2): an empty page is a comment, so that proxies and readers see a living stream. */
export function eventStream(pages: AsyncIterable<readonly PublicEvent[]>): Readable {
  return Readable.from(textOf(pages), { objectMode: false, highWaterMark: 16 * 1024 });
}

async function* textOf(pages: AsyncIterable<readonly PublicEvent[]>): AsyncGenerator<string> {
  yield `retry: ${retryMs}\n\n`;
  for await (const events of pages) yield events.length === 0 ? ': alive\n\n' : events.map(eventText).join('');
}

const eventText = (event: PublicEvent): string =>
  `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(inEnvelope(event))}\n\n`;
