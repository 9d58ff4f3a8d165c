import { AggregateRoot, InvalidFieldError } from '#kernel';
import { oneOf } from './permissions.js';
import { type Role, roles } from './roles.js';
import { checkedEmail, checkedName } from './texts.js';

/** What a user can show: only hashes, and none once deactivated. */
export interface Credentials {
  readonly passwordHash: string | null;
  readonly pinHash: Buffer | null;
}

export interface UserState extends Credentials {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
  readonly active: boolean;
  readonly addedAt: Date;
}

export interface UserDeactivatedFact {
  readonly type: 'UserDeactivated';
  readonly at: Date;
}

export interface NewUser extends Credentials {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
}

/** What is left out stays. */
export type UserChange = Partial<Omit<NewUser, 'accountId'>>;

/** Somebody who works with the account's terminals or in its console. */
export class User extends AggregateRoot<UserDeactivatedFact> {
  #state: UserState;

  private constructor(id: string, state: UserState, version: number, sequence: number) {
    super(id, version, sequence);
    this.#state = state;
  }

  /** With e-mail and password, or with a PIN, or with both. */
  static add(id: string, { accountId, ...wanted }: NewUser, at: Date): User {
    return new User(id, { accountId, ...checked(wanted), active: true, addedAt: at }, 0, 0);
  }

  static restore(id: string, state: UserState, version: number, sequence: number): User {
    return new User(id, state, version, sequence);
  }

  get state(): UserState {
    return this.#state;
  }

  /** With a PIN alone an administrator reaches terminals, not the console. */
  get administersInConsole(): boolean {
    const { active, role, passwordHash } = this.#state;
    return active && role === 'administrator' && passwordHash !== null;
  }

  /** Gives the names of what is other than before. */
  change(wanted: UserChange): (keyof UserChange)[] {
    const before = this.#state;
    const after = { ...before, ...checked({ ...before, ...wanted }) };
    this.#state = after;
    return changeable.filter((field) => !isSame(after[field], before[field]));
  }

  /** For good: the credentials are gone, and the PIN may be given to somebody else. */
  deactivate(at: Date): void {
    if (!this.#state.active) return;
    this.#state = { ...this.#state, active: false, passwordHash: null, pinHash: null };
    this.record({ type: 'UserDeactivated', at });
  }
}

const changeable = ['name', 'role', 'email', 'passwordHash', 'pinHash'] as const;

function checked({ name, role, email, passwordHash, pinHash }: Omit<NewUser, 'accountId'>) {
  if ((email === null) !== (passwordHash === null))
    throw new InvalidFieldError(email === null ? 'email' : 'password', 'e-mail and password go together');
  if (email === null && pinHash === null)
    throw new InvalidFieldError('pin', 'a user needs a PIN, or e-mail and password');
  return {
    name: checkedName(name),
    role: oneOf(roles, role, 'role'),
    email: email === null ? null : checkedEmail(email),
    passwordHash,
    pinHash,
  };
}

const isSame = (one: unknown, other: unknown): boolean =>
  Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : one === other;
