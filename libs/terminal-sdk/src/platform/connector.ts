import { closeCodes } from '#terminal-protocol';
import { decodeJwt } from 'jose';
import type { PaymentDesk } from '../payments/payment-desk.js';
import type { Outgoing } from '../payments/payment-work.js';
import type { ConnectorNeeds } from './connector-needs.js';
import type { DeviceKey } from './device-key.js';
import { cutCode, Link } from './link.js';
import type { LoggedIn, PlatformClient } from './platform-client.js';
import { ReconnectPolicy } from './reconnect-policy.js';
import { ResultDelivery } from './result-delivery.js';
import { type Running, runningOf } from './running-session.js';
import { type Forbidden, forbiddenBy, type Renewal, type TokenRenewal } from './token-renewal.js';

const renewBeforeMs = 60_000;
const renewAgainMs = 5_000;
/** How a link ends that nobody answered: refused or broken off, or cut by the terminal. */
const unreached: ReadonlySet<number> = new Set([1006, cutCode]);
/** After so many links that never came about the platform is asked where its gateway is by now. */
const askEvery = 4;
/** A locked terminal asks so often whether it may come back, and up to twice as late. */
const askAgainMs = 15_000;

/** Keeps one connection up while a session is open: connects, renews the token, comes back by the policy. */
export class Connector {
  private readonly bootId = crypto.randomUUID();
  private readonly policy: ReconnectPolicy;
  private readonly delivery: ResultDelivery;
  private link: Link | undefined;
  private session: Running | null = null;
  private lockedAs: Forbidden = 'forbidden';
  /** The newest link was good. */
  private wasReady = false;
  /** Links in a row that never came about. */
  private unopened = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  /** `retry` will make a link. */
  private planned = false;
  private nextRenewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly key: DeviceKey,
    client: PlatformClient,
    private readonly renewal: TokenRenewal,
    private readonly desk: PaymentDesk,
    private readonly needs: ConnectorNeeds,
  ) {
    this.policy = new ReconnectPolicy(needs.random);
    this.delivery = new ResultDelivery(client, desk, needs.random);
  }

  get isReady(): boolean {
    return this.link?.isReady ?? false;
  }

  send(frame: Outgoing): boolean {
    return this.link?.send(frame) ?? false;
  }

  start(open: LoggedIn): void {
    this.delivery.stop();
    this.session = runningOf(open);
    this.attempt(this.session);
  }

  /** The platform refuses the terminal, or takes it back later. */
  startForbidden(open: LoggedIn, reason: Forbidden): void {
    this.session = runningOf(open);
    this.waitForbidden(this.session, reason);
  }

  /** Ends the connection with its session. */
  stop(): void {
    this.session = null;
    this.planned = false;
    clearTimeout(this.retry);
    clearTimeout(this.nextRenewal);
    const { link } = this;
    this.link = undefined;
    if (link) {
      link.close(closeCodes.normal);
      void this.desk.take({ type: 'link_lost' });
    }
    this.needs.changed({ connected: false, nextAttemptAt: null });
  }

  /** Ends all that is under way. */
  switchOff(): void {
    this.stop();
    this.delivery.stop();
  }

  drop(): void {
    this.link?.close(cutCode);
  }

  /** Makes the next attempt now; a link that nobody has answered yet is given up for it. */
  hurry(): void {
    if (this.isReady) return;
    this.drop();
    if (this.session && this.planned) this.later(this.session, 0);
  }

  /** Without a connection, results go over HTTP, until the platform has them all or there is a connection again. */
  deliverResults(): void {
    this.delivery.start();
  }

  private attempt(session: Running): void {
    this.connect(session).catch(() => {
      if (this.session === session) this.later(session, this.policy.jitter());
    });
  }

  private async connect(session: Running): Promise<void> {
    const connectSequence = await this.needs.nextSequence();
    if (this.session !== session) return;
    this.needs.changed({ nextAttemptAt: null });
    const { journalLost, unsettled } = this.desk;
    const who = {
      sessionToken: session.token,
      bootId: this.bootId,
      connectSequence,
      appVersion: this.needs.appVersion,
    };
    const introduction = { ...who, screen: this.needs.screenWhenConnected(), journalLost, unsettled };
    const link: Link = new Link(
      session.gatewayUrl,
      this.key,
      introduction,
      {
        frame: (frame) => {
          if (this.link !== link) return;
          if (frame.type === 'lock') this.lockedAs = forbiddenBy(frame.reason);
          this.needs.frame(frame);
        },
        ready: () => {
          if (this.link === link) this.ready(session);
        },
        closed: (code, readyForMs, askedMs) => {
          if (this.link === link) this.closed(session, code, readyForMs, askedMs);
        },
        status: () => ({ screen: this.needs.screenWhenConnected(), ...this.needs.health() }),
      },
      this.needs.socket,
    );
    this.wasReady = false;
    this.link = link;
  }

  private ready(session: Running): void {
    this.wasReady = true;
    this.unopened = 0;
    this.desk.journalLost = false;
    this.needs.changed({ connected: true });
    this.planRenewal(session);
  }

  private closed(session: Running, code: number, readyForMs: number, askedMs: number | null): void {
    this.link = undefined;
    clearTimeout(this.nextRenewal);
    this.needs.changed({ connected: false, listening: false });
    void this.desk.take({ type: 'link_lost' });
    const after = this.policy.afterClose(code, readyForMs, askedMs);
    const cameAbout = this.wasReady || !unreached.has(code);
    if (!cameAbout) this.unopened += 1;
    const asksFirst = !cameAbout && this.unopened % askEvery === 0;
    if (after.then === 'reconnect') this.later(session, after.afterMs, asksFirst);
    else if (after.then === 'renew') void this.renewAndConnect(session, this.wasReady);
    else if (after.reason === 'forbidden') this.waitForbidden(session, this.lockedAs);
    else this.halt(after.reason);
  }

  /** The terminal does not come back by itself. */
  private halt(stopped: 'update_required'): void {
    this.needs.changed({ stopped });
    this.deliverResults();
  }

  /** Its results are welcome all the same. */
  private waitForbidden(session: Running, stopped: Forbidden): void {
    this.needs.changed({ stopped });
    this.deliverResults();
    this.planned = false;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.renewAndConnect(session), askAgainMs * (1 + this.needs.random()));
  }

  private comeBack(session: Running, afterMs: number): void {
    this.needs.changed({ stopped: null });
    this.delivery.stop();
    if (afterMs === 0) this.attempt(session);
    else this.later(session, afterMs);
  }

  /** @param asksFirst whether the platform is asked for a new token, and with it for the address of its gateway. */
  private later(session: Running, afterMs: number, asksFirst = false): void {
    this.needs.changed({ nextAttemptAt: Date.now() + afterMs });
    clearTimeout(this.retry);
    this.planned = true;
    this.retry = setTimeout(() => {
      this.planned = false;
      if (asksFirst) void this.askAndConnect(session);
      else this.attempt(session);
    }, afterMs);
  }

  /** `wasGood`: a token that was just issued and is refused again would make it ask without a pause. */
  private async renewAndConnect(session: Running, wasGood = true): Promise<void> {
    const renewal = await this.renew(session);
    if (this.session !== session) return;
    if (renewal === 'renewed') this.comeBack(session, wasGood ? 0 : this.policy.jitter());
    else if (renewal === 'unanswered') this.later(session, this.policy.jitter());
    else if (renewal !== 'over') this.waitForbidden(session, renewal);
  }

  /** Without an answer the terminal goes where it went before: a gateway may be well while the platform is away. */
  private async askAndConnect(session: Running): Promise<void> {
    const renewal = await this.renew(session);
    if (this.session !== session) return;
    if (renewal === 'renewed' || renewal === 'unanswered') this.attempt(session);
    else if (renewal !== 'over') this.waitForbidden(session, renewal);
  }

  private async renew(session: Running): Promise<Renewal['then']> {
    const renewal = await this.renewal.renew(session.id, session.token);
    if (renewal.then === 'renewed') {
      const { sessionToken, gatewayUrl = session.gatewayUrl } = renewal.session;
      Object.assign(session, { token: sessionToken, gatewayUrl } satisfies Partial<Running>);
    }
    return renewal.then;
  }

  /** The next token goes over the live link before the old one expires. */
  private planRenewal(session: Running): void {
    const expiresAt = (decodeJwt(session.token).exp ?? 0) * 1000;
    clearTimeout(this.nextRenewal);
    const inMs = Math.max(renewAgainMs, expiresAt - this.needs.now() - renewBeforeMs);
    this.nextRenewal = setTimeout(() => void this.renewOnLink(session), inMs);
  }

  private async renewOnLink(session: Running): Promise<void> {
    const renewal = await this.renew(session);
    // A device that is forbidden is told so on its link.
    if (this.session !== session || !this.isReady) return;
    if (renewal === 'renewed') this.send({ type: 'token', sessionToken: session.token });
    this.planRenewal(session);
  }
}
