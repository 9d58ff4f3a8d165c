import { randomUUID } from 'node:crypto';
import { type SignedInUser, UserAuthentication } from '#device-registry';
import { DomainError } from '#kernel';

class InvalidCredentialsError extends DomainError {
  constructor() {
    super('invalid_credentials', 'The PIN, or the e-mail address and password, is not right');
  }
}

type User = SignedInUser & { readonly email: string };

export const [pin, password] = ['4711', 'correct horse battery'];

/** Stands for accounts: each user has the same PIN and the same password. */
export class KnownUsers extends UserAuthentication {
  readonly #users: User[] = [];
  /** What was asked, in the order of asking. */
  readonly asked: unknown[] = [];
  /** What an answer waits for. */
  before: () => Promise<void> = () => Promise.resolve();

  /** The first user of an account is enough for most tests. */
  add(wanted: Partial<User> = {}): User {
    const userId = randomUUID();
    const user: User = {
      ...{ userId, userName: 'Olive Owner', role: 'administrator', email: `${userId}@shop.example` },
      ...{ accountId: randomUUID(), accountName: 'Corner Café', apiMode: true },
      ...{ currency: 'CAD', timeZone: 'America/Edmonton', locale: 'en-CA' },
      ...wanted,
    };
    this.#users.push(user);
    return user;
  }

  override async byPin(shown: Parameters<UserAuthentication['byPin']>[0]): Promise<SignedInUser> {
    this.asked.push(shown);
    await this.before();
    return this.#found((user) => user.accountId === shown.accountId && shown.pin === pin);
  }

  override async byPassword(shown: Parameters<UserAuthentication['byPassword']>[0]): Promise<SignedInUser> {
    this.asked.push(shown);
    await this.before();
    const { email, accountId } = shown;
    return this.#found(
      (user) =>
        user.email === email && shown.password === password && (accountId === null || user.accountId === accountId),
    );
  }

  #found(matches: (user: User) => boolean): SignedInUser {
    const user = this.#users.find(matches);
    if (!user) throw new InvalidCredentialsError();
    const { email: _email, ...signedIn } = user;
    return signedIn;
  }
}
