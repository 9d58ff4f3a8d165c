import type { PlatformFrame } from '#terminal-protocol';
import { decodeJwt } from 'jose';
import type { PaymentDesk } from '../payments/payment-desk.js';
import type { Outgoing } from '../payments/payment-work.js';
import type { DeviceKey } from './device-key.js';
import { Link, type SocketFactory } from './link.js';
import { type LoggedIn, type PlatformClient, PlatformRefusal } from './platform-client.js';
import { ReconnectPolicy } from './reconnect-policy.js';

const renewBeforeMs = 60_000;
const renewAgainMs = 5_000;

export interface ConnectorNeeds {
  readonly appVersion: string;
  readonly socket: SocketFactory;
  readonly random: () => number;
  /** Milliseconds of server time. */
  readonly now: () => number;
  /** What is on the screen while the link is up. */
  readonly screenWhenConnected: () => string;
  readonly frame: (frame: PlatformFrame) => void;
  readonly changed: (change: {
    connected?: boolean;
    nextAttemptAt?: number | null;
    stopped?: 'forbidden' | 'update_required';
    listening?: false;
  }) => void;
  /** The next connect's number, kept before it is used. */
  readonly nextSequence: () => Promise<number>;
  /** The session's new token; null when the session is over. */
  readonly renewed: (token: string | null) => Promise<void>;
}

/** Keeps one connection up while a session is open: connects, renews the token, comes back by the policy. */
export class Connector {
  private readonly bootId = crypto.randomUUID();
  private readonly policy: ReconnectPolicy;
  private link: Link | undefined;
  private token: string | null = null;
  private gatewayUrl = '';
  private retry: ReturnType<typeof setTimeout> | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly key: DeviceKey,
    private readonly client: PlatformClient,
    private readonly desk: PaymentDesk,
    private readonly needs: ConnectorNeeds,
  ) {
    this.policy = new ReconnectPolicy(needs.random);
  }

  get isReady(): boolean {
    return this.link?.isReady ?? false;
  }

  send(frame: Outgoing): boolean {
    return this.link?.send(frame) ?? false;
  }

  start({ sessionToken, gatewayUrl }: LoggedIn): void {
    this.token = sessionToken;
    this.gatewayUrl = gatewayUrl;
    this.attempt();
  }

  stop(code: number): void {
    this.token = null;
    clearTimeout(this.retry);
    clearTimeout(this.renewal);
    const { link } = this;
    this.link = undefined;
    link?.close(code);
    this.needs.changed({ connected: false, nextAttemptAt: null });
  }

  drop(): void {
    this.link?.close(4000);
  }

  pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.policy.jitter()));
  }

  /** The device code of the session; renews a token that has expired while the terminal was off. */
  async registration({ sessionToken }: LoggedIn, waitSeconds: number): Promise<string | null> {
    try {
      return await this.client.registration(sessionToken, waitSeconds);
    } catch (error) {
      if (!(error instanceof PlatformRefusal) || error.code !== 'invalid_proof') throw error;
      await this.needs.renewed(await this.client.renew(sessionToken));
      return null;
    }
  }

  private attempt(): void {
    this.connect().catch(() => {
      this.later(this.policy.jitter());
    });
  }

  private async connect(): Promise<void> {
    const connectSequence = await this.needs.nextSequence();
    const sessionToken = this.token;
    if (sessionToken === null) return;
    this.needs.changed({ nextAttemptAt: null });
    const { journalLost, unsettled } = this.desk;
    const who = { sessionToken, bootId: this.bootId, connectSequence, appVersion: this.needs.appVersion };
    const introduction = { ...who, screen: this.needs.screenWhenConnected(), journalLost, unsettled };
    const link: Link = new Link(
      this.gatewayUrl,
      this.key,
      introduction,
      {
        frame: this.needs.frame,
        ready: () => {
          this.ready();
        },
        closed: (code, readyForMs, askedMs) => {
          if (this.link === link) this.closed(code, readyForMs, askedMs);
        },
        status: () => ({ screen: this.needs.screenWhenConnected(), battery: null, network: null }),
      },
      this.needs.socket,
    );
    this.link = link;
  }

  private ready(): void {
    this.desk.journalLost = false;
    this.needs.changed({ connected: true });
    this.planRenewal();
  }

  private closed(code: number, readyForMs: number, askedMs: number | null): void {
    this.link = undefined;
    clearTimeout(this.renewal);
    this.needs.changed({ connected: false, listening: false });
    void this.desk.take({ type: 'link_lost' });
    const after = this.policy.afterClose(code, readyForMs, askedMs);
    if (this.token === null) return;
    if (after.then === 'reconnect') this.later(after.afterMs);
    else if (after.then === 'renew') void this.renewAndConnect();
    else this.halt(after.reason);
  }

  private halt(stopped: 'forbidden' | 'update_required'): void {
    this.needs.changed({ stopped });
    void this.deliverResults();
  }

  private later(afterMs: number): void {
    this.needs.changed({ nextAttemptAt: Date.now() + afterMs });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.attempt();
    }, afterMs);
  }

  private async renewAndConnect(): Promise<void> {
    const renewal = await this.renew();
    if (renewal === 'renewed') this.attempt();
    else if (renewal === 'unanswered') this.later(this.policy.jitter());
    else if (renewal === 'forbidden') this.halt('forbidden');
  }

  private async renew(): Promise<'renewed' | 'ended' | 'forbidden' | 'unanswered'> {
    if (this.token === null) return 'ended';
    try {
      const token = await this.client.renew(this.token);
      this.token = token;
      await this.needs.renewed(token);
      return 'renewed';
    } catch (error) {
      const code = error instanceof PlatformRefusal ? error.code : null;
      if (code === 'device_forbidden') return 'forbidden';
      if (code !== 'session_ended') return 'unanswered';
      await this.deliverResults();
      await this.needs.renewed(null);
      return 'ended';
    }
  }

  /** The next token goes over the live link before the old one expires. */
  private planRenewal(): void {
    const expiresAt = (decodeJwt(this.token ?? '').exp ?? 0) * 1000;
    clearTimeout(this.renewal);
    const inMs = Math.max(renewAgainMs, expiresAt - this.needs.now() - renewBeforeMs);
    this.renewal = setTimeout(() => void this.renewOnLink(), inMs);
  }

  private async renewOnLink(): Promise<void> {
    const renewal = await this.renew();
    // A device that is forbidden is told so on its link.
    if (renewal === 'ended' || !this.isReady) return;
    if (renewal === 'renewed' && this.token !== null) this.send({ type: 'token', sessionToken: this.token });
    this.planRenewal();
  }

  /** Results that no connection takes any more. */
  private async deliverResults(): Promise<void> {
    const results = this.desk.unsettled.flatMap(({ paymentId, attempt, result }) =>
      result ? [{ paymentId, attempt, ...result }] : [],
    );
    if (results.length === 0) return;
    const settled = await this.client.deliver(results.slice(0, 32)).catch(() => []);
    for (const paymentId of settled) await this.desk.take({ type: 'settled', paymentId });
  }
}
