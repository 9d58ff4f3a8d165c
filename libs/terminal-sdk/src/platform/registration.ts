import { Timers } from '../timers.js';
import { isOver, type LoggedIn, type PlatformClient, PlatformRefusal } from './platform-client.js';
import { ReconnectPolicy } from './reconnect-policy.js';
import { type Forbidden, forbiddenBy, type KeepSession, type Renewal, type TokenRenewal } from './token-renewal.js';

const waitSeconds = 25;

export type Registered = { readonly then: 'registered'; readonly code: string } | { readonly then: 'over' | Forbidden };
type Answer = Registered | Renewal | { readonly then: 'registering' };

/** Asks for the device code of a session, until the platform has given it. */
export class Registration {
  private readonly pauses = new Timers();
  private readonly policy: ReconnectPolicy;

  constructor(
    private readonly client: PlatformClient,
    private readonly renewal: TokenRenewal,
    private readonly keep: KeepSession,
    random: () => number,
  ) {
    this.policy = new ReconnectPolicy(random);
  }

  /** @param running the session with its newest token, while it is open. */
  async of(running: () => LoggedIn | null): Promise<Registered> {
    for (let session = running(); session; session = running()) {
      const answer = await this.ask(session);
      if (answer.then === 'registered') return answer;
      if (answer.then === 'forbidden' || answer.then === 'retired') return { then: answer.then };
      if (answer.then !== 'registering' && running()) await this.pause();
    }
    return { then: 'over' };
  }

  switchOff(): void {
    this.pauses.clear();
  }

  private async ask({ session: { id }, sessionToken }: LoggedIn): Promise<Answer> {
    try {
      const code = await this.client.registration(sessionToken, waitSeconds);
      return code === null ? { then: 'registering' } : { then: 'registered', code };
    } catch (error) {
      const { code, details } = error instanceof PlatformRefusal ? error : { code: null, details: {} };
      // While the terminal was off, its token may have expired.
      if (code === 'invalid_proof') return this.renewal.renew(id, sessionToken);
      if (code === 'device_forbidden') return { then: forbiddenBy(details.reason) };
      if (!isOver(code)) return { then: 'unanswered' };
      await this.keep(id, null);
      return { then: 'over' };
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.pauses.after(this.policy.jitter(), resolve);
    });
  }
}
