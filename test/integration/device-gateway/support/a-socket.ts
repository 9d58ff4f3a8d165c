import { WebSocket } from 'ws';
import { platformFrame, type FrameOf, type PlatformFrame, type PlatformFrameType } from '#terminal-protocol';
import { eventually } from '../../../support/eventually.js';

/** One WebSocket of a device as the test sees it: all frames that came, and how it ended. */
export class TestSocket {
  readonly frames: PlatformFrame[] = [];
  code: number | null = null;

  constructor(readonly ws: WebSocket) {
    ws.on('error', () => undefined);
    ws.on('message', (data: Buffer) => {
      this.frames.push(platformFrame.parse(JSON.parse(data.toString('utf8'))));
    });
    ws.on('close', (code) => (this.code = code));
  }

  send(message: object): void {
    this.ws.send(JSON.stringify(message));
  }

  all<Type extends PlatformFrameType>(type: Type): FrameOf<Type>[] {
    return this.frames.filter((frame): frame is FrameOf<Type> => frame.type === type);
  }

  /** The first frame of this type; waits for it. */
  first<Type extends PlatformFrameType>(type: Type): Promise<FrameOf<Type>> {
    return eventually(`the device gets ${type}`, () => {
      const [frame] = this.all(type);
      if (!frame) throw new Error(`so far: ${this.frames.map((one) => one.type).join(', ')}; closed: ${this.code}`);
      return frame;
    });
  }

  closed(): Promise<number> {
    return eventually('the connection is closed', () => {
      if (this.code === null) throw new Error('still open');
      return this.code;
    });
  }
}

interface Wishes {
  readonly protocols?: string[];
  readonly origin?: string;
  readonly path?: string;
}

function connectTo(
  gateway: { readonly port: number },
  { protocols = ['terminal.v1'], origin, path }: Wishes,
): WebSocket {
  const url = `ws://127.0.0.1:${gateway.port}${path ?? '/device/v1/connect'}`;
  return new WebSocket(url, protocols, { perMessageDeflate: true, ...(origin === undefined ? {} : { origin }) });
}

/** Resolves when the upgrade is done. */
export async function openSocket(gateway: { readonly port: number }, wishes: Wishes = {}): Promise<TestSocket> {
  const ws = connectTo(gateway, wishes);
  const socket = new TestSocket(ws);
  await new Promise((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', reject);
  });
  return socket;
}

/** The HTTP status that an upgrade was refused with. */
export async function refusedUpgrade(gateway: { readonly port: number }, wishes: Wishes): Promise<number | undefined> {
  const ws = connectTo(gateway, wishes);
  ws.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    ws.once('unexpected-response', (request, response) => {
      response.resume();
      request.destroy();
      resolve(response.statusCode);
    });
    ws.once('open', () => {
      reject(new Error('the upgrade was let through'));
    });
  });
}
