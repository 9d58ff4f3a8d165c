import { randomBytes } from 'node:crypto';
import { newId } from '#kernel';
import { type CloseCode, closeCodes, type FrameOf, type PlatformFrame, type SessionClaims } from '#terminal-protocol';
import type { Connection } from '../domain/connection.js';
import { AlreadyAuthenticatedError, NotAuthenticatedError } from '../domain/device-gateway.errors.js';
import { OpenPayments } from '../domain/open-payments.js';
import { closeCodeOf } from './close-code-of.js';
import type { GatewayCounters } from './gateway-counters.js';
import type { GatewayLimits } from './gateway-limits.js';
import { hearOf, readOf } from './follow-payments.js';
import type { Wire } from './ports.js';

/** What a verified session token says. */
export interface Session {
  readonly connection: Connection;
  readonly publicKey: SessionClaims['cnf']['jwk'];
  /** Seconds since 1970. */
  tokenExpiresAt: number;
}

export interface LinkSurroundings {
  readonly limits: GatewayLimits;
  readonly counters: GatewayCounters;
  /** Called once, when the link is over, whoever ended it. */
  readonly onEnd: (link: TerminalLink, code: number) => void;
}

type Phase = 'greeted' | 'verifying' | 'announcing' | 'ready' | 'ended';
interface Ending {
  readonly frame: FrameOf<'session.end' | 'lock'>;
  readonly code: CloseCode;
  readonly notAfter: number;
}

/** Frames for a connection that is being announced wait for `ready`; the platform never has this many to say. */
const heldAtMost = 32;

/** One connection, from `hello` to its close code. Times are those of `performance.now()`. */
export class TerminalLink {
  readonly connectionId = newId();
  readonly nonce = randomBytes(32).toString('base64url');
  readonly openedAt = performance.now();
  heardAt = this.openedAt;
  /** When it was last told to the platform. */
  announcedAt = this.openedAt;
  stalledSince: number | null = null;
  lastStatus: string | null = null;
  ending: Ending | null = null;
  readonly payments = new OpenPayments();
  private phase: Phase = 'greeted';
  private signedIn: Session | null = null;
  private readonly held: PlatformFrame[] = [];

  constructor(
    private readonly wire: Wire,
    private readonly surroundings: LinkSurroundings,
  ) {}

  get isEnded(): boolean {
    return this.phase === 'ended';
  }

  get isReady(): boolean {
    return this.phase === 'ready';
  }

  /** True until a valid `authenticate` came in. */
  get isWaitedFor(): boolean {
    return this.phase === 'greeted';
  }

  get bufferedBytes(): number {
    return this.wire.bufferedBytes;
  }

  get session(): Session | null {
    return this.signedIn;
  }

  /** Throws `not_authenticated` where no device has proven itself yet. */
  requireSession(): Session {
    if (!this.signedIn) throw new NotAuthenticatedError();
    return this.signedIn;
  }

  startVerifying(): void {
    if (this.phase !== 'greeted') throw new AlreadyAuthenticatedError();
    this.phase = 'verifying';
  }

  signIn(session: Session): void {
    this.signedIn = session;
    this.phase = 'announcing';
  }

  /** `ready` first, then what the platform had to say meanwhile. */
  becomeReady(serverTime: string): void {
    if (this.isEnded) return;
    this.phase = 'ready';
    this.announcedAt = performance.now();
    this.send({ type: 'ready', id: newId(), serverTime });
    for (const frame of this.held.splice(0)) this.deliver(frame);
  }

  /** A frame that another context sends. */
  deliver(frame: PlatformFrame): void {
    if (this.phase === 'announcing') {
      if (this.held.length < heldAtMost) this.held.push(frame);
    } else if (this.phase === 'ready') {
      if (frame.type === 'session.end' || frame.type === 'lock') this.endWith(frame);
      else if (frame.type === 'unlock') this.unlock(frame);
      else if (frame.type === 'error') this.fail(frame);
      else this.send(frame);
    }
  }

  /** A peer that does not read gets nothing more: whoever owns the state sends it again. */
  send(frame: PlatformFrame): void {
    if (this.isEnded) return;
    const { limits, counters } = this.surroundings;
    if (this.wire.bufferedBytes > limits.stopSendingAboveBytes) {
      this.stalledSince ??= performance.now();
      counters.framesDropped += 1;
      return;
    }
    counters.framesOut += 1;
    this.wire.send(JSON.stringify(frame));
    readOf(this.payments, frame);
    this.endIfIdle();
  }

  /** Says what was wrong with the message `of`. */
  refuse(code: string, message: string, of: string | null): void {
    this.surroundings.counters.refused(code);
    this.send({ type: 'error', id: newId(), code, message: message.slice(0, 200), of });
  }

  close(code: CloseCode, reason: string): void {
    if (this.isEnded) return;
    if (code === closeCodes.tooFast) this.sendAway(this.surroundings.limits.retryAfterMs, reason);
    this.end(code);
    this.wire.close(code, reason);
  }

  /** Tells the device when to come back; the close code follows. */
  sendAway(afterMs: number, reason: string): void {
    this.send({ type: 'reconnect', id: newId(), afterMs, reason });
  }

  /** Nobody is there to read a close code. */
  cut(): void {
    if (this.isEnded) return;
    this.end(1006);
    this.wire.cut();
  }

  /** The socket is gone. */
  lost(code: number): void {
    this.end(code);
  }

  /** What a device reports of its payments; a link that waits for one may be over by it, once the report is taken. */
  heard(frame: Parameters<typeof hearOf>[1]): void {
    hearOf(this.payments, frame);
  }

  endIfIdle(now = performance.now()): void {
    const { ending } = this;
    if (!ending || (this.payments.anyProcessing && now < ending.notAfter)) return;
    this.ending = null;
    this.send(ending.frame);
    this.close(ending.code, ending.frame.reason);
  }

  private endWith(frame: FrameOf<'session.end' | 'lock'>): void {
    const notAfter = performance.now() + this.surroundings.limits.endWithinMs;
    const code = frame.type === 'lock' ? closeCodes.forbidden : closeCodes.sessionEnded;
    this.ending ??= { frame, code, notAfter };
    this.endIfIdle();
  }

  /** Takes back a lock that still waits. */
  private unlock(frame: FrameOf<'unlock'>): void {
    if (this.ending?.frame.type === 'lock') this.ending = null;
    this.send(frame);
  }

  /** What another context finds wrong with the connection ends it. */
  private fail(frame: FrameOf<'error'>): void {
    this.send(frame);
    this.close(closeCodeOf(frame.code), frame.message);
  }

  private end(code: number): void {
    if (this.isEnded) return;
    this.phase = 'ended';
    this.held.length = 0;
    this.surroundings.counters.closed(code);
    this.surroundings.onEnd(this, code);
  }
}
