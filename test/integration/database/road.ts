import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The way to a server. Blocked, it takes what is sent and delivers nothing, as when the host has vanished. */
export class Road {
  isBlocked = false;

  private constructor(
    private readonly server: Server,
    private readonly destination: URL,
  ) {}

  static async to(url: string): Promise<Road> {
    const destination = new URL(url);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const road = new Road(server, destination);
    server.on('connection', (near) => {
      road.carry(near);
    });
    return road;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return Object.assign(new URL(this.destination), { hostname: '127.0.0.1', port: String(port) }).href;
  }

  close(): void {
    this.server.close();
  }

  private carry(near: Socket): void {
    const far = connect(Number(this.destination.port), this.destination.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (!this.isBlocked) to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  }
}
