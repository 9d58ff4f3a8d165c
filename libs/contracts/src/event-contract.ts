import { z } from 'zod';

/** What one context tells the others: its owner, its name and the shape of its data. */
export interface EventContract<Name extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly context: string;
  readonly name: Name;
  readonly data: Data;
}

/** An event on its road: the envelope is the same for all, `data` has the contract's shape. */
export interface DomainEvent<Data = unknown> {
  /** UUID; also the broker's message id and the key of every inbox. */
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  /** The aggregate that recorded it, and its gapless number there; both null for reports of the device gateway. */
  readonly aggregateId: string | null;
  readonly sequence: number | null;
  /** The account that it belongs to; null where it concerns none (a gateway node). */
  readonly accountId: string | null;
  /** The request, payment or connection that caused it, for the logs. */
  readonly correlationId: string | null;
  readonly data: Data;
}

export type DataOf<Contract> = Contract extends EventContract<string, infer Data> ? z.output<Data> : never;
/** The event that a handler of this contract receives: `EventOf<typeof DeviceLoggedIn>`. */
export type EventOf<Contract> = DomainEvent<DataOf<Contract>>;

export function defineEvent<const Name extends string, Data extends z.ZodType>(
  context: string,
  name: Name,
  data: Data,
): EventContract<Name, Data> {
  return { context, name, data };
}

export const envelope = z.object({
  id: z.uuid(),
  name: z.string(),
  occurredAt: z.iso.datetime(),
  aggregateId: z.string().nullable(),
  sequence: z.int().positive().nullable(),
  accountId: z.uuid().nullable(),
  correlationId: z.string().nullable(),
  data: z.unknown(),
});

type Facts<Contract extends EventContract> = Pick<DomainEvent, 'id' | 'aggregateId' | 'sequence' | 'accountId'> & {
  readonly occurredAt: Date;
  readonly correlationId?: string | null;
  readonly data: DataOf<Contract>;
};

/** Puts a fact into the envelope of its contract. */
export function eventOf<Contract extends EventContract>(contract: Contract, facts: Facts<Contract>): EventOf<Contract> {
  return {
    id: facts.id,
    name: contract.name,
    occurredAt: facts.occurredAt.toISOString(),
    aggregateId: facts.aggregateId,
    sequence: facts.sequence,
    accountId: facts.accountId,
    correlationId: facts.correlationId ?? null,
    data: facts.data,
  };
}
