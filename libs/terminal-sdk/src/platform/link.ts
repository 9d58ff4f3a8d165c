import {
  closeCodes,
  type FrameOf,
  limits,
  moneyMessageTypes,
  parseFrame,
  platformFrame,
  type PlatformFrame,
} from '#terminal-protocol';
import type { HeldPayment } from '../payments/held-payment.js';
import type { Outgoing } from '../payments/payment-work.js';
import type { DeviceKey } from './device-key.js';

/** As much of a WebSocket as a terminal needs; browsers have it, and `ws` for Node. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: ((event: never) => void) | null;
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
}
export type SocketFactory = (url: string, subProtocol: string) => Socket;

/** What the terminal shows to the platform when it connects. */
export interface Introduction {
  readonly sessionToken: string;
  readonly bootId: string;
  readonly connectSequence: number;
  readonly appVersion: string;
  readonly screen: string;
  readonly journalLost: boolean;
  readonly unsettled: readonly HeldPayment[];
}

export interface LinkEvents {
  readonly frame: (frame: PlatformFrame) => void;
  readonly ready: () => void;
  /** `askedMs`: when the platform named a wait. */
  readonly closed: (code: number, readyForMs: number, askedMs: number | null) => void;
  readonly status: () => { screen: string; battery: number | null; network: string | null };
}

const open = 1;
/** The terminal cuts the link. Browsers let no app close with a code below 3000 but 1000. */
export const cutCode = 4000;
const money: ReadonlySet<string> = new Set(moneyMessageTypes);

/** One connection: introduces the terminal, keeps the heartbeat, and is cut when an answer stays out. */
export class Link {
  private readonly socket: Socket;
  private readonly awaited = new Map<string, ReturnType<typeof setTimeout>>();
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private heartbeatMs = 0;
  private readyAt: number | null = null;
  private askedMs: number | null = null;
  private over = false;

  constructor(
    private readonly url: string,
    private readonly key: DeviceKey,
    private readonly introduction: Introduction,
    private readonly events: LinkEvents,
    factory: SocketFactory,
  ) {
    this.socket = factory(url, limits.subProtocol);
    this.socket.onmessage = ({ data }) => {
      this.receive(String(data));
    };
    this.socket.onclose = ({ code }) => {
      this.end(code);
    };
    // An error is always followed by a close, which says all that is known.
    this.socket.onerror = () => undefined;
    this.await('hello');
  }

  get isReady(): boolean {
    return this.readyAt !== null && !this.over;
  }

  /** False when the link is not ready: nothing waits in memory, the state is told at the next connect. */
  send(frame: Outgoing): boolean {
    if (!this.isReady || this.socket.readyState !== open) return false;
    const id = crypto.randomUUID();
    this.socket.send(JSON.stringify({ ...frame, id }));
    if (money.has(frame.type)) this.await(id);
    return true;
  }

  close(code: number): void {
    this.socket.close(code);
    this.end(code);
  }

  private receive(text: string): void {
    if (this.over) return;
    const parsed = parseFrame(platformFrame, text);
    // A newer platform may say things that this app does not know; they are not for it.
    if (!parsed.ok) return;
    const { frame } = parsed;
    if (frame.type === 'hello') this.introduce(frame);
    else if (frame.type === 'ready') this.becomeReady();
    else if (frame.type === 'heartbeat.ack') this.heartbeatIsAnswered();
    else if (frame.type === 'ack') this.arrived(frame.of);
    else if (frame.type === 'reconnect') this.reconnect(frame.afterMs);
    this.events.frame(frame);
  }

  private introduce(hello: FrameOf<'hello'>): void {
    if (this.heartbeat !== undefined) return;
    this.arrived('hello');
    this.await('ready');
    this.authenticate(hello).catch(() => {
      this.close(closeCodes.badMessage);
    });
    this.heartbeatMs = hello.heartbeatMs;
    this.planHeartbeat(Math.random() * hello.heartbeatMs);
  }

  private async authenticate({ nonce, connectionId }: FrameOf<'hello'>): Promise<void> {
    const { sessionToken, bootId, connectSequence, appVersion, screen, journalLost, unsettled } = this.introduction;
    const origin = new URL(this.url.replace(/^ws/, 'http')).origin;
    const proof = await this.key.sign('JWT', { nonce, connectionId, origin, bootId, connectSequence });
    const entries = unsettled
      .slice(0, limits.unsettledMax)
      .map(({ paymentId, stage, attempt }) => ({ paymentId, stage, attempt }));
    const who = { sessionToken, proof, bootId, connectSequence, appVersion, screen };
    const lost = journalLost ? { journalLost } : {};
    const frame = { type: 'authenticate', id: crypto.randomUUID(), ...who, ...lost, unsettled: entries };
    if (this.socket.readyState === open) this.socket.send(JSON.stringify(frame));
  }

  private becomeReady(): void {
    this.arrived('ready');
    this.readyAt = Date.now();
    this.events.ready();
  }

  private reconnect(afterMs: number): void {
    this.askedMs = afterMs;
    this.close(closeCodes.normal);
  }

  private planHeartbeat(inMs: number): void {
    this.heartbeat = setTimeout(() => {
      if (this.send({ type: 'heartbeat', ...this.events.status() })) this.await('heartbeat');
      else this.planHeartbeat(this.heartbeatMs);
    }, inMs);
  }

  /** The answer plans the next one: a browser holds back timers that are set by timers once its tab is out of sight. */
  private heartbeatIsAnswered(): void {
    if (!this.awaited.has('heartbeat')) return;
    this.arrived('heartbeat');
    this.planHeartbeat(this.heartbeatMs);
  }

  /** No answer in 5 s: the link is broken. */
  private await(what: string): void {
    if (this.awaited.has(what)) return;
    const late = setTimeout(() => {
      this.close(cutCode);
    }, limits.ackWithinMs);
    this.awaited.set(what, late);
  }

  private arrived(what: string): void {
    clearTimeout(this.awaited.get(what));
    this.awaited.delete(what);
  }

  private end(code: number): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.heartbeat);
    for (const late of this.awaited.values()) clearTimeout(late);
    this.events.closed(code, this.readyAt === null ? 0 : Date.now() - this.readyAt, this.askedMs);
  }
}
