import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

export interface Received {
  readonly id: string;
  readonly body: Record<string, unknown>;
  /** As it came: the body byte by byte, and what the signature stands in. */
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A point of sale's receiver: what it takes was verified by both published verifiers. */
export class Receiver {
  secret = '';
  readonly received: Received[] = [];
  readonly refused: string[] = [];
  onReceived: (body: Record<string, unknown>) => void = () => undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      request.on('end', () => {
        receiver.take(text, request.headers);
        response.end('{"understood":true}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  get types(): unknown[] {
    return this.received.map(({ body }) => body.type);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(text: string, headers: IncomingHttpHeaders): void {
    const shown = headers as Record<string, string>;
    try {
      new StandardWebhook(this.secret).verify(text, shown);
      new SvixWebhook(this.secret).verify(text, shown);
      const body = JSON.parse(text) as Record<string, unknown>;
      this.received.push({ id: shown['webhook-id'] ?? '', body, text, headers: shown });
      this.onReceived(body);
    } catch (error) {
      this.refused.push(String(error));
    }
  }
}
