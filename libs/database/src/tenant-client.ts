import pg from 'pg';
import { currentAccount } from './tenant.js';

/** What holds for all connections; set once the schemas are up to date. */
export interface Terms {
  /** Which role queries run as, once the walls between the accounts stand; null: as who connected. */
  role: string | null;
  /** Milliseconds after which a connection whose query got no answer is given up; null: never. */
  patience: number | null;
}

const told = Symbol('what the server was told');

/**
 * A connection that tells the server for whom it works, before the first query of somebody else's work. Row-level security
 * goes by it. In a transaction it changes nothing: all its queries are one's work. A server that has vanished or stands still
 * ends nothing itself: then the connection is cut here, and its queries fail.
 */
export function tenantClient(terms: Terms): typeof pg.Client {
  return class extends pg.Client {
    private [told] = '';

    // pg's own signature is a list of overloads that no subclass can repeat.
    override query(...query: unknown[]): never {
      const send = (...args: unknown[]) =>
        this.answered((super.query as (...args: unknown[]) => Promise<unknown>)(...args));
      const [role, account] = [terms.role ?? 'none', currentAccount()];
      const now = `${role} ${account}`;
      if (this[told] === now) return send(...query) as never;
      this[told] = now;
      const asked = send(tell, [role, account]).then(
        () => send(...query),
        (error: unknown) => {
          this[told] = '';
          throw error;
        },
      );
      return asked as never;
    }

    private answered(answer: Promise<unknown>): Promise<unknown> {
      if (terms.patience === null) return answer;
      const tooLong = setTimeout(() => this.connection.stream.destroy(new NoAnswerError()), terms.patience);
      return answer.finally(() => {
        clearTimeout(tooLong);
      });
    }
  };
}

class NoAnswerError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('PostgreSQL does not answer');
  }
}

const tell = "SELECT set_config('role', $1, false), set_config('tillgate.account', $2, false)";
