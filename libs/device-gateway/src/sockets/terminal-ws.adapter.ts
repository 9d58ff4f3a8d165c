import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplication, WsMessageHandler } from '@nestjs/common';
import { AbstractWsAdapter } from '@nestjs/websockets';
import { lastValueFrom, type Observable } from 'rxjs';
import { type WebSocket, WebSocketServer } from 'ws';
import { newId } from '#kernel';
import { closeCodes, limits, type PlatformFrame } from '#terminal-protocol';
import { GatewayCounters } from '../application/gateway-counters.js';
import { OpenLink } from '../application/open-link.js';
import { FrameIntake } from './frame-intake.js';
import { TerminalSocket } from './terminal-socket.js';
import { type Refusal, subProtocolOf, UpgradeDoor } from './upgrade-door.js';

const retryAfterSeconds = 5;

const options = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: limits.upBytes,
  maxFragments: 16,
  handleProtocols: subProtocolOf,
  /** Milliseconds a peer has to answer a close. */
  closeTimeout: 2_000,
};

/**
 * `terminal.v1` on Nest's HTTP server. Unlike Nest's own adapter it refuses before the upgrade, answers every bad message, and
 * handles the messages of one socket one after another. Install it with `app.useWebSocketAdapter(new TerminalWsAdapter(app))`.
 */
export class TerminalWsAdapter extends AbstractWsAdapter {
  private stopListening: () => void = () => undefined;

  constructor(private readonly app: INestApplication) {
    super(app);
  }

  override create(): WebSocketServer {
    const server = new WebSocketServer(options);
    const http = this.app.getHttpServer() as Server;
    const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      socket.on('error', () => undefined);
      if (this.app.get(UpgradeDoor).isForUs(request)) this.upgrade(server, request, socket, head);
      else if (http.listenerCount('upgrade') === 1) {
        answer(socket, { status: 404, code: 'not_found', message: 'nothing to connect to here' });
      }
    };
    http.on('upgrade', onUpgrade);
    this.stopListening = () => http.off('upgrade', onUpgrade);
    return server;
  }

  override bindMessageHandlers(
    client: TerminalSocket,
    handlers: WsMessageHandler[],
    transform: (result: unknown) => Observable<PlatformFrame | undefined>,
  ): void {
    const byType = new Map(handlers.map(({ message, callback }) => [message, callback]));
    const { link } = client;
    const intake = new FrameIntake(link, this.app.get(GatewayCounters), async (frame) => {
      const handle = byType.get(frame.type);
      const answers = transform(handle?.(frame));
      const reply = await lastValueFrom(answers, { defaultValue: undefined });
      if (reply) link.send(reply);
    });
    client.feed(intake);
  }

  override async close(server: WebSocketServer): Promise<void> {
    this.stopListening();
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }

  private upgrade(server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.app.get(UpgradeDoor).refusalOf(request);
    if (refusal) answer(socket, refusal);
    else {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        if (webSocket.protocol !== limits.subProtocol) turnAway(webSocket);
        else server.emit('connection', new TerminalSocket(webSocket, this.app.get(OpenLink)), request);
      });
    }
  }
}

function turnAway(socket: WebSocket): void {
  socket.on('error', () => undefined);
  const message = `spoken here: ${limits.subProtocol}`;
  socket.send(JSON.stringify({ type: 'error', id: newId(), code: 'version_not_spoken', message, of: null }));
  socket.close(closeCodes.versionNotSpoken, message);
}

function answer(socket: Duplex, { status, code, message }: Refusal): void {
  const body = JSON.stringify({ errors: [message], code });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? [`retry-after: ${retryAfterSeconds}`] : []),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
