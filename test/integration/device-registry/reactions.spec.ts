import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeviceUnpaired, DeviceWentOnline, type DomainEvent, eventOf, UserDeactivated } from '#contracts';
import { aTerminalOf, done, loggedIn, type LoggedIn, refused } from './a-terminal.js';
import { password, pin } from './known-users.js';
import { type Registry, startRegistry } from './support.js';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

interface Whose {
  readonly deviceId: string;
  readonly accountId: string;
}

const facts = (accountId: string, occurredAt: Date) => ({
  ...{ id: randomUUID(), aggregateId: randomUUID(), sequence: 1, accountId, occurredAt },
});

const unpaired = ({ deviceId, accountId }: Whose, sessionNumber = 1): DomainEvent =>
  eventOf(DeviceUnpaired, {
    ...facts(accountId, registry.clock.now()),
    data: { deviceId, accountId, code: 'NB7X', sessionNumber, by: null },
  });

const deactivated = (accountId: string, userId: string): DomainEvent =>
  eventOf(UserDeactivated, { ...facts(accountId, registry.clock.now()), data: { accountId, userId } });

function online({ deviceId, accountId }: Whose, session: LoggedIn['session']): DomainEvent {
  const connection = { connectSequence: 1, node: 'node-1', connectionId: randomUUID() };
  const data = { deviceId, accountId, code: 'NB7X', sessionId: session.id, sessionNumber: session.number };
  return eventOf(DeviceWentOnline, { ...facts(accountId, registry.clock.now()), data: { ...data, ...connection } });
}

/** A terminal with an open session. */
async function aLoggedInTerminal(user = registry.users.add()) {
  const { terminal, deviceId } = await aTerminalOf(registry, user);
  const { sessionToken, session } = await terminal.loggedIn();
  return { terminal, user, deviceId, accountId: user.accountId, sessionToken, session };
}

const open = { status: 200 };
const ended = refused('session_ended');

describe('DeviceUnpaired', () => {
  it('ends the session of the device, and says so once however often it comes', async () => {
    const at = await aLoggedInTerminal();
    registry.clock.forward({ seconds: 5 });
    const event = unpaired(at);
    await registry.tell(event);
    await registry.tell(event);
    expect(await at.terminal.renew(at.sessionToken)).toMatchObject(ended);
    expect(registry.events.of(at.deviceId).slice(2)).toMatchObject([
      { name: 'DeviceSessionEnded', sequence: 3, data: { reason: 'unpaired', ended: { id: at.session.id } } },
    ]);
  });

  it('that comes late ends no session that was opened after it', async () => {
    const at = await aLoggedInTerminal();
    const event = unpaired(at);
    registry.clock.forward({ seconds: 5 });
    const { sessionToken } = await at.terminal.loggedIn();
    await registry.tell(event);
    expect(await at.terminal.renew(sessionToken)).toMatchObject(open);
    expect(registry.events.namesOf(at.deviceId).filter((name) => name === 'DeviceSessionEnded')).toHaveLength(1);
  });

  it('of the account that the device has left does not concern it', async () => {
    const at = await aLoggedInTerminal();
    registry.clock.forward({ seconds: 5 });
    await registry.tell(unpaired({ deviceId: at.deviceId, accountId: randomUUID() }));
    expect(await at.terminal.renew(at.sessionToken)).toMatchObject(open);
  });

  it('of a device that nobody knows, or on which nobody is logged in, is passed over', async () => {
    await registry.tell(unpaired({ deviceId: randomUUID(), accountId: randomUUID() }));
    const { deviceId, user } = await aTerminalOf(registry);
    await registry.tell(unpaired({ deviceId, accountId: user.accountId }));
    expect(registry.events.namesOf(deviceId)).toEqual(['DeviceSetUp']);
  });
});

describe('UserDeactivated', () => {
  it('ends all sessions of the user, and no other', async () => {
    const user = registry.users.add();
    const [first, second] = [await aLoggedInTerminal(user), await aLoggedInTerminal(user)];
    const stranger = await aLoggedInTerminal();
    const { terminal: shared } = await aTerminalOf(registry, user);
    const { email } = registry.users.add({ accountId: user.accountId });
    const colleague = { terminal: shared, ...loggedIn.parse(done(await shared.logIn({ email, password }))) };
    await registry.tell(deactivated(user.accountId, user.userId));
    for (const { terminal, sessionToken, deviceId, session } of [first, second]) {
      expect(await terminal.renew(sessionToken)).toMatchObject(ended);
      expect(registry.events.of(deviceId).at(-1)).toMatchObject({
        ...{ name: 'DeviceSessionEnded', sequence: 3 },
        data: { reason: 'user_deactivated', ended: { id: session.id, userId: user.userId } },
      });
    }
    for (const { terminal, sessionToken } of [stranger, colleague])
      expect(await terminal.renew(sessionToken)).toMatchObject(open);
  });

  it('leaves alone whoever has logged in on the device since', async () => {
    const leaving = registry.users.add();
    const { terminal, deviceId } = await aLoggedInTerminal(leaving);
    const { email } = registry.users.add({ accountId: leaving.accountId });
    const { sessionToken } = loggedIn.parse(done(await terminal.logIn({ email, password })));
    await registry.tell(deactivated(leaving.accountId, leaving.userId));
    expect(await terminal.renew(sessionToken)).toMatchObject(open);
    expect(registry.events.of(deviceId).at(-1)).toMatchObject({ name: 'DeviceLoggedIn' });
  });

  it('in the middle of a log-in of the user: no session outlives it', async () => {
    const { terminal, deviceId, user } = await aLoggedInTerminal();
    registry.users.before = () => registry.tell(deactivated(user.accountId, user.userId));
    try {
      expect(await terminal.logIn({ pin })).toMatchObject(refused('invalid_credentials'));
    } finally {
      registry.users.before = () => Promise.resolve();
    }
    expect(registry.events.namesOf(deviceId)).toEqual(['DeviceSetUp', 'DeviceLoggedIn', 'DeviceSessionEnded']);
  });

  it('at the same time as log-ins of the user: no session outlives it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { terminal, deviceId, user } = await aLoggedInTerminal();
      const told = registry.tell(deactivated(user.accountId, user.userId));
      await Promise.all([terminal.logIn({ pin }), told, terminal.logIn({ pin })]);
      expect(registry.events.namesOf(deviceId).at(-1)).toBe('DeviceSessionEnded');
      expect(await terminal.logIn({ pin })).toMatchObject(refused('invalid_credentials'));
    }
  });

  it('comes at once with a log-out: one end is told', async () => {
    const { terminal, deviceId, user, sessionToken } = await aLoggedInTerminal();
    await Promise.all([
      terminal.logOut(sessionToken),
      registry.tell(deactivated(user.accountId, user.userId)),
      registry.tell(unpaired({ deviceId, accountId: user.accountId })),
    ]);
    expect(registry.events.namesOf(deviceId)).toEqual(['DeviceSetUp', 'DeviceLoggedIn', 'DeviceSessionEnded']);
  });
});

describe('DeviceWentOnline', () => {
  const sentTo = ({ data }: DomainEvent) => {
    const { connectionId } = data as { connectionId: string };
    return registry.mail.sent.filter((one) => one.connectionId === connectionId);
  };

  it('with the open session is as it should be', async () => {
    const at = await aLoggedInTerminal();
    const event = online(at, at.session);
    await registry.tell(event);
    expect(sentTo(event)).toEqual([]);
  });

  it('with a session that is over tells the device on that very connection', async () => {
    const at = await aLoggedInTerminal();
    await at.terminal.logOut(at.sessionToken);
    const event = online(at, at.session);
    await registry.tell(event);
    expect(sentTo(event)).toMatchObject([{ node: 'node-1', frame: { type: 'session.end', reason: 'session_ended' } }]);
  });

  it('with a session that another one has replaced tells the device, too', async () => {
    const at = await aLoggedInTerminal();
    const second = await at.terminal.loggedIn();
    const [older, newest] = [online(at, at.session), online(at, second.session)];
    await registry.tell(older);
    await registry.tell(newest);
    expect(sentTo(older)).toHaveLength(1);
    expect(sentTo(newest)).toEqual([]);
  });

  it('of a device that nobody knows ends its session', async () => {
    const event = online({ deviceId: randomUUID(), accountId: randomUUID() }, { id: randomUUID(), number: 1 });
    await registry.tell(event);
    expect(sentTo(event)).toHaveLength(1);
  });
});
