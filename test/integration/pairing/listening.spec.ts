import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOpened, alive, ATerminal, held } from './a-terminal.js';
import { type Pairing, startPairing } from './support.js';

let pairing: Pairing;
beforeAll(async () => {
  pairing = await startPairing();
});
afterAll(() => pairing.stop());

const lastSettings = ({ live }: ATerminal) =>
  pairing.mail
    .on(live.connectionId)
    .filter(({ type }) => type === 'settings')
    .at(-1);
const lastListening = ({ deviceId }: ATerminal) => pairing.events.of(deviceId, 'DeviceListeningChanged').at(-1)?.data;

async function aReadyTerminal(node = 'node-1'): Promise<ATerminal> {
  const terminal = new ATerminal(pairing.clock);
  await pairing.tell(alive(pairing.clock, node), terminal.setUp(), terminal.loggedIn());
  await pairing.tell(terminal.connected(node), terminal.continued());
  return terminal;
}

describe('listening', () => {
  it('begins when the code is assigned, the device is connected and Continue was pressed', async () => {
    const terminal = new ATerminal(pairing.clock);
    await pairing.tell(terminal.setUp(), terminal.loggedIn());
    expect(lastListening(terminal)).toMatchObject({ listening: false, reason: 'never_connected', node: null });
    await pairing.tell(terminal.connected('node-1'));
    expect(lastListening(terminal)).toMatchObject({ listening: false, reason: 'not_continued', node: 'node-1' });
    await pairing.tell(terminal.continued());
    const { connectionId } = terminal.live;
    expect(lastListening(terminal)).toMatchObject({ listening: true, reason: null, node: 'node-1', connectionId });
  });

  it('ends and begins again with what takes it away and gives it back', async () => {
    const terminal = await aReadyTerminal();
    await pairing.tell(terminal.lock());
    expect(lastListening(terminal)).toMatchObject({ listening: false, reason: 'locked' });
    await pairing.tell(terminal.unlock());
    expect(lastListening(terminal)).toMatchObject({ listening: true, reason: null });
    await pairing.tell(terminal.disconnected());
    expect(lastListening(terminal)).toMatchObject({ listening: false, reason: 'offline', connectionId: null });
    await pairing.tell(terminal.connected('node-2'));
    expect(lastListening(terminal)).toMatchObject({ listening: true, reason: null, node: 'node-2' });
    await pairing.tell(terminal.loggedOut());
    expect(lastListening(terminal)).toMatchObject({ listening: false, reason: 'logged_out' });
    await pairing.tell(terminal.loggedIn('standalone'));
    expect(lastListening(terminal)).toMatchObject({ listening: false, reason: 'standalone' });
  });

  it('needs no second Continue after the next log-in', async () => {
    const terminal = await aReadyTerminal();
    await pairing.tell(
      terminal.loggedOut(),
      terminal.disconnected(),
      terminal.loggedIn(),
      terminal.connected('node-1'),
    );
    expect(lastListening(terminal)).toMatchObject({ listening: true, reason: null });
  });

  it('tells online and offline once each, with the connection and the time', async () => {
    const terminal = await aReadyTerminal();
    const { node, connectionId, sessionId } = terminal.live;
    expect(pairing.events.of(terminal.deviceId, 'DeviceWentOnline')).toMatchObject([
      { data: { node, connectionId, sessionId, sessionNumber: 1, connectSequence: 1 } },
    ]);
    const lost = terminal.disconnected();
    await pairing.tell(lost, lost);
    expect(pairing.events.of(terminal.deviceId, 'DeviceWentOffline')).toMatchObject([
      { data: { since: lost.occurredAt } },
    ]);
  });
});

describe('what a device is told', () => {
  it('is its code, its state, and whose it is, after the connect and after each change', async () => {
    const terminal = new ATerminal(pairing.clock);
    await pairing.tell(accountOpened(pairing.clock, terminal.accountId, 'US'), terminal.loggedIn());
    await pairing.tell(terminal.connected('node-1'));
    const account = { accountName: 'Corner Café', locale: 'en-US', tipping: null };
    const first = lastSettings(terminal);
    expect(first).toMatchObject({ mode: 'api', continued: false, listening: false, ...account });
    expect(first).toHaveProperty('code', expect.stringMatching(/^.{4}$/));
    expect(first).not.toHaveProperty('deviceName');
    await pairing.tell(terminal.continued());
    expect(lastSettings(terminal)).toMatchObject({ continued: true, listening: true });
    await pairing.tell(terminal.loggedIn('standalone'), terminal.connected('node-1'));
    expect(lastSettings(terminal)).toMatchObject({ mode: 'standalone', listening: false });
  });

  it('goes to the newest connection only', async () => {
    const terminal = await aReadyTerminal('node-1');
    const old = terminal.live;
    await pairing.tell(terminal.connected('node-2'));
    const before = pairing.mail.on(old.connectionId).length;
    await pairing.tell(terminal.lock(), terminal.disconnected(old));
    expect(pairing.mail.on(old.connectionId)).toHaveLength(before);
    expect(pairing.mail.on(terminal.live.connectionId).at(-1)).toMatchObject({ type: 'lock' });
  });

  it('is on the older of two connections that it is superseded, whichever is heard of first', async () => {
    const terminal = await aReadyTerminal('node-1');
    const first = terminal.live;
    const [connectedSecond, second] = [terminal.connected('node-2'), terminal.live];
    const [connectedThird, third] = [terminal.connected('node-3'), terminal.live];
    await pairing.tell(connectedThird, connectedThird, connectedSecond);
    await pairing.tell(held(pairing.clock, 'node-3', third), held(pairing.clock, 'node-2', second));
    const errorsOn = ({ connectionId }: { readonly connectionId: string }) =>
      pairing.mail.sent.filter((one) => one.connectionId === connectionId && one.frame.type === 'error');
    const told = { frame: { type: 'error', code: 'superseded' } };
    expect(errorsOn(first)).toMatchObject([{ ...told, node: 'node-1' }]);
    // And again when its gateway still holds it.
    expect(errorsOn(second)).toMatchObject([
      { ...told, node: 'node-2' },
      { ...told, node: 'node-2' },
    ]);
    expect(errorsOn(third)).toEqual([]);
    expect(lastListening(terminal)).toMatchObject({ listening: true, connectionId: third.connectionId });
  });

  it('is nothing on a connection that has ended', async () => {
    const terminal = await aReadyTerminal('node-1');
    const old = terminal.live;
    await pairing.tell(terminal.disconnected(), terminal.connected('node-2'));
    expect(pairing.mail.on(old.connectionId).map(({ type }) => type)).not.toContain('error');
  });

  it('is said again when Continue is pressed again, for the answer may have been lost', async () => {
    const terminal = await aReadyTerminal();
    const before = pairing.mail.on(terminal.live.connectionId).length;
    await pairing.tell(terminal.continued());
    expect(pairing.mail.on(terminal.live.connectionId)).toHaveLength(before + 1);
    expect(lastSettings(terminal)).toMatchObject({ continued: true });
  });

  it('waits until the registry has told of the session', async () => {
    const terminal = new ATerminal(pairing.clock);
    const login = terminal.loggedIn();
    await pairing.tell(terminal.connected('node-1'));
    expect(pairing.mail.on(terminal.live.connectionId)).toEqual([]);
    await pairing.tell(login);
    expect(lastSettings(terminal)).toMatchObject({ mode: 'api', listening: false });
  });

  it('is that its session is over, on the connection of that session and on no other', async () => {
    const terminal = await aReadyTerminal();
    const logout = terminal.loggedOut();
    await pairing.tell(logout);
    expect(pairing.mail.on(terminal.live.connectionId).at(-1)).toMatchObject({
      type: 'session.end',
      reason: 'logged_out',
    });
    await pairing.tell(terminal.loggedIn(), terminal.connected('node-1'), logout);
    expect(pairing.mail.on(terminal.live.connectionId).map(({ type }) => type)).not.toContain('session.end');
  });

  it('is nothing of what was rolled back', async () => {
    const terminal = await aReadyTerminal();
    const before = [pairing.mail.sent.length, pairing.events.committed.length];
    await pairing.tellInVain(terminal.lock());
    await pairing.tellInVain(terminal.loggedOut());
    expect([pairing.mail.sent.length, pairing.events.committed.length]).toEqual(before);
  });
});

describe('a gateway that tells again whom it holds', () => {
  it('brings back the connection that was missed', async () => {
    const terminal = await aReadyTerminal('node-1');
    terminal.connected('node-2');
    await pairing.tell(held(pairing.clock, 'node-2', terminal.live));
    expect(lastListening(terminal)).toMatchObject({ listening: true, node: 'node-2' });
    expect(lastSettings(terminal)).toMatchObject({ listening: true });
  });

  it('brings no ended connection back, and changes nothing for one that is known, but tells its device again how it stands', async () => {
    const [ended, known] = [await aReadyTerminal(), await aReadyTerminal()];
    await pairing.tell(ended.disconnected());
    const before = [pairing.events.committed.length, pairing.mail.on(known.live.connectionId).length] as const;
    await pairing.tell(held(pairing.clock, 'node-1', ended.live, known.live));
    expect(pairing.events.committed).toHaveLength(before[0]);
    expect(pairing.mail.on(known.live.connectionId)).toHaveLength(before[1] + 1);
    expect(lastSettings(known)).toMatchObject({ listening: true });
  });

  it('may name any connect sequence that a frame can carry', async () => {
    const terminal = await aReadyTerminal();
    const last = { ...terminal.live, connectSequence: Number.MAX_SAFE_INTEGER };
    await pairing.tell(held(pairing.clock, 'node-1', last));
    const online = pairing.events.of(terminal.deviceId, 'DeviceWentOnline').at(-1);
    expect(online?.data).toMatchObject({ connectSequence: Number.MAX_SAFE_INTEGER });
    await pairing.tell(terminal.connected('node-2'));
    expect(lastListening(terminal)).toMatchObject({ node: 'node-1' });
  });

  it('may come with many devices from many gateways at once', async () => {
    const terminals = await Promise.all(Array.from({ length: 30 }, () => aReadyTerminal('node-1')));
    for (const terminal of terminals) terminal.connected('node-3');
    const connections = terminals.map((terminal) => terminal.live);
    const there = held(pairing.clock, 'node-3', ...connections);
    const back = held(pairing.clock, 'node-3', ...connections.toReversed());
    await Promise.all([pairing.tell(there), pairing.tell(back), pairing.tell(there), pairing.tell(back)]);
    for (const terminal of terminals)
      expect(lastListening(terminal)).toMatchObject({ listening: true, node: 'node-3' });
  });
});
