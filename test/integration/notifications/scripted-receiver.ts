import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

/** What a receiver does with a request that it has read. */
export type Behaviour = (response: ServerResponse) => void;

export const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end();
  };
export const hangs: Behaviour = () => undefined;
export const resets: Behaviour = ({ socket }) => socket?.resetAndDestroy();
export const hangsUp: Behaviour = ({ socket }) => socket?.destroy();
/** Says only that it understood, and talks on without an end. */
export const talksOn: Behaviour = (response) => {
  const chunk = Buffer.alloc(64 * 1024);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    response.once('drain', more);
  };
  response.writeHead(200, { 'content-encoding': 'gzip' });
  more();
};
export const switchesProtocol: Behaviour = ({ socket }) =>
  socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n');
export const talksNonsense: Behaviour = ({ socket }) => socket?.end('SSH-2.0-OpenSSH_9.9\r\n');

export interface Request {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A receiver whose every path is an endpoint that does what its script says. */
export class ScriptedReceiver {
  private readonly scripts = new Map<string, Behaviour[]>();
  private readonly requests = new Map<string, Request[]>();
  private readonly connections = new Set<unknown>();

  private constructor(private readonly server: Server) {}

  static async start(host = '127.0.0.1'): Promise<ScriptedReceiver> {
    const server = createServer();
    const receiver = new ScriptedReceiver(server);
    server.on('connection', (socket) => receiver.connections.add(socket));
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      request.on('end', () => {
        receiver.take(request.url ?? '', request.headers, text, response);
      });
    });
    server.listen(0, host);
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many connections were ever opened. */
  get opened(): number {
    return this.connections.size;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** One after the other; the last one stays. Without a script the answer is 204. */
  script(path: string, ...behaviours: Behaviour[]): void {
    this.scripts.set(path, behaviours);
  }

  at(path: string): readonly Request[] {
    return this.requests.get(path) ?? [];
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(path: string, headers: IncomingHttpHeaders, text: string, response: ServerResponse): void {
    const shown = headers as Record<string, string>;
    this.requests.set(path, [...this.at(path), { id: shown['webhook-id'] ?? '', headers: shown, text }]);
    const script = this.scripts.get(path) ?? [];
    const behave = (script.length > 1 ? script.shift() : script[0]) ?? answers(204);
    behave(response);
  }
}

/** Whether both published verifiers take it, as of now. */
export function verifies(secret: string, { text, headers }: Request): boolean {
  return [new StandardWebhook(secret), new SvixWebhook(secret)].every((verifier) => {
    try {
      verifier.verify(text, headers);
      return true;
    } catch {
      return false;
    }
  });
}
