import { AggregateRoot } from '#kernel';
import { checkedPermissions, type Permissions } from './permissions.js';
import { checkedName } from './texts.js';

export interface ApiAccessState {
  readonly accountId: string;
  readonly name: string;
  readonly permissions: Permissions;
  /** SHA-256 of the token; the token itself is shown once and kept nowhere. */
  readonly tokenHash: Buffer;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

export interface ApiAccessRevokedFact {
  readonly type: 'ApiAccessRevoked';
  readonly at: Date;
}

/** A named API token of a point of sale, with its permissions. */
export class ApiAccess extends AggregateRoot<ApiAccessRevokedFact> {
  #state: ApiAccessState;

  private constructor(id: string, state: ApiAccessState, version: number, sequence: number) {
    super(id, version, sequence);
    this.#state = state;
  }

  static create(id: string, wanted: Omit<ApiAccessState, 'createdAt' | 'revokedAt'>, at: Date): ApiAccess {
    const state: ApiAccessState = {
      ...wanted,
      name: checkedName(wanted.name),
      permissions: checkedPermissions(wanted.permissions),
      createdAt: at,
      revokedAt: null,
    };
    return new ApiAccess(id, state, 0, 0);
  }

  static restore(id: string, state: ApiAccessState, version: number, sequence: number): ApiAccess {
    return new ApiAccess(id, state, version, sequence);
  }

  get state(): ApiAccessState {
    return this.#state;
  }

  revoke(at: Date): void {
    if (this.#state.revokedAt !== null) return;
    this.#state = { ...this.#state, revokedAt: at };
    this.record({ type: 'ApiAccessRevoked', at });
  }
}
