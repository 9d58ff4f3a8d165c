import pg from 'pg';
import { currentAccount } from './tenant.js';

/** Which role queries run as, once the walls between the accounts stand; null: as who connected. */
export interface Walls {
  role: string | null;
}

const told = Symbol('what the server was told');

/**
 * A connection that tells the server for whom it works, before the first query of somebody else's work. Row-level security
 * goes by it. In a transaction it changes nothing: all its queries are one's work.
 */
export function tenantClient(walls: Walls): typeof pg.Client {
  return class extends pg.Client {
    private [told] = '';

    // pg's own signature is a list of overloads that no subclass can repeat.
    override query(...query: unknown[]): never {
      const send = (...args: unknown[]) => (super.query as (...args: unknown[]) => Promise<unknown>)(...args);
      const [role, account] = [walls.role ?? 'none', currentAccount()];
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
  };
}

const tell = "SELECT set_config('role', $1, false), set_config('tillgate.account', $2, false)";
