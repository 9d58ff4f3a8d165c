import type { ATill } from './a-till.js';

export interface Heard {
  readonly id: number;
  readonly type: string;
  readonly data: { readonly id: string; readonly sequence: number; readonly type: string };
}

/** Reads a stream as a browser's EventSource does (HTML Living Standard, 9.2.6), but comes back only when told to. */
export class AnEventSource {
  readonly heard: Heard[] = [];
  comments = 0;
  /** Null while there was no answer. */
  response: Response | null = null;
  isOpen = true;
  private readonly hangUp = new AbortController();

  private constructor(private readonly till: ATill) {}

  /** Resolves when the answer has begun. */
  static async open(till: ATill, query = '', headers: Readonly<Record<string, string>> = {}): Promise<AnEventSource> {
    const source = new AnEventSource(till);
    source.response = await till.fetch('GET', `/v2/events/stream${query}`, undefined, headers, source.hangUp.signal);
    void source.read(source.response).catch(() => (source.isOpen = false));
    return source;
  }

  get ids(): number[] {
    return this.heard.map(({ id }) => id);
  }

  /** The connection is cut, as when the network is lost. */
  cut(): void {
    this.hangUp.abort();
  }

  /** As a browser does after a cut. */
  again(): Promise<AnEventSource> {
    this.cut();
    const last = this.heard.at(-1)?.id;
    return AnEventSource.open(this.till, '', last === undefined ? {} : { 'last-event-id': String(last) });
  }

  private async read({ body }: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
    this.isOpen = false;
  }

  private take(block: string): void {
    const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
    if (block.startsWith(':')) this.comments += 1;
    const [id, type, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
    if (id === undefined || type === undefined || data === undefined) return;
    this.heard.push({ id: Number(id), type, data: JSON.parse(data) as Heard['data'] });
  }
}
