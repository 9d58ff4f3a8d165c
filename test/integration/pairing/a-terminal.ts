import { randomUUID } from 'node:crypto';
import {
  AccountOpened,
  DeviceConnected,
  DeviceContinued,
  DeviceDisconnected,
  DeviceLocked,
  DeviceLoggedIn,
  DeviceRetired,
  DeviceSessionEnded,
  DeviceSetUp,
  DevicesHeld,
  DeviceStatusReported,
  DeviceUnlocked,
  type DomainEvent,
  type EventContract,
  type DataOf,
  eventOf,
  GatewayAlive,
  PingShown,
} from '#contracts';
import type { Clock } from '#kernel';

type Session = DataOf<typeof DeviceLoggedIn>['session'];
export type Connection = DataOf<typeof DeviceContinued>;

/** Who manages devices here. */
export const by = { kind: 'user', id: 'olive', name: 'Olive Owner' } as const;

/** The events of one device, as registry and gateway would say them; each call is the next fact of its life. */
export class ATerminal {
  readonly deviceId = randomUUID();
  accountId: string;
  #sequence = 0;
  #sessionNumber = 0;
  #connectSequence = 0;
  session: Session | null = null;
  connection: Connection | null = null;
  locked = false;
  retired = false;

  constructor(
    private readonly clock: Clock,
    accountId: string = randomUUID(),
  ) {
    this.accountId = accountId;
  }

  setUp(): DomainEvent {
    return this.#said(DeviceSetUp, this.#state());
  }

  loggedIn(mode: 'api' | 'standalone' = 'api'): DomainEvent {
    this.#sessionNumber += 1;
    this.#connectSequence = 0;
    this.session = { id: randomUUID(), number: this.#sessionNumber, mode, userId: randomUUID() };
    return this.#said(DeviceLoggedIn, { ...this.#state(), session: this.session });
  }

  loggedOut(): DomainEvent {
    const ended = this.session;
    if (!ended) throw new Error('it is not logged in');
    this.session = null;
    return this.#said(DeviceSessionEnded, { ...this.#state(), ended, reason: 'logged_out' });
  }

  lock(): DomainEvent {
    this.locked = true;
    return this.#said(DeviceLocked, { ...this.#state(), by });
  }

  unlock(): DomainEvent {
    this.locked = false;
    return this.#said(DeviceUnlocked, { ...this.#state(), by });
  }

  retire(): DomainEvent {
    [this.retired, this.session] = [true, null];
    return this.#said(DeviceRetired, { ...this.#state(), by });
  }

  connected(node: string, appVersion = '1.4.0'): DomainEvent {
    this.#connectSequence += 1;
    const { session, deviceId, accountId } = this;
    if (!session) throw new Error('it is not logged in');
    const newest = { sessionId: session.id, sessionNumber: session.number, connectSequence: this.#connectSequence };
    this.connection = { node, connectionId: randomUUID(), deviceId, accountId, ...newest };
    return this.#reported(DeviceConnected, { ...this.connection, appVersion, bootId: randomUUID(), screen: 'code' });
  }

  disconnected(connection = this.live): DomainEvent {
    return this.#reported(DeviceDisconnected, { ...connection, closeCode: 1006 });
  }

  continued(): DomainEvent {
    return this.#reported(DeviceContinued, this.live);
  }

  status(screen: string, battery: number | null = 80): DomainEvent {
    return this.#reported(DeviceStatusReported, { ...this.live, screen, battery, network: 'wifi' });
  }

  pingShown(): DomainEvent {
    return this.#reported(PingShown, { ...this.live, pingId: randomUUID() });
  }

  get live(): Connection {
    if (!this.connection) throw new Error('it is not connected');
    return this.connection;
  }

  #state() {
    const { deviceId, accountId, session, locked, retired } = this;
    const device = { serialNumber: `SN-${deviceId.slice(0, 8)}`, model: 'T1', appVersion: '1.0.0' };
    return { deviceId, accountId, session, locked, retired, ...device };
  }

  #said<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): DomainEvent {
    this.#sequence += 1;
    const { deviceId: aggregateId, accountId } = this;
    const facts = { id: randomUUID(), aggregateId, sequence: this.#sequence, accountId, occurredAt: this.clock.now() };
    return eventOf(contract, { ...facts, data });
  }

  #reported<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): DomainEvent {
    return fromGateway(contract, this.clock, data, this.accountId);
  }
}

function fromGateway<Contract extends EventContract>(
  contract: Contract,
  clock: Clock,
  data: DataOf<Contract>,
  accountId: string | null = null,
): DomainEvent {
  const facts = { id: randomUUID(), aggregateId: null, sequence: null, accountId, occurredAt: clock.now() };
  return eventOf(contract, { ...facts, data });
}

export const alive = (clock: Clock, node: string): DomainEvent => fromGateway(GatewayAlive, clock, { node });

export const held = (clock: Clock, node: string, ...connections: Connection[]): DomainEvent =>
  fromGateway(DevicesHeld, clock, { node, connections });

export const accountOpened = (clock: Clock, accountId: string, country: 'CA' | 'US'): DomainEvent => {
  const data = { accountId, name: 'Corner Café', country, currency: 'CAD', timeZone: 'America/Edmonton' } as const;
  const facts = { id: randomUUID(), aggregateId: accountId, sequence: 1, accountId, occurredAt: clock.now() };
  return eventOf(AccountOpened, { ...facts, data });
};
