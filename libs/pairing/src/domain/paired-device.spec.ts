import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PairedDevice } from './paired-device.js';
import type { PairedDeviceState, RegisteredDevice } from './paired-device-state.js';
import type { Connection } from './presence.js';

const t = (second: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, second));
const account = 'account-a';

function aDevice(with_: Partial<PairedDeviceState> = {}): PairedDevice {
  const nothing = { session: null, locked: false, retired: false, code: null, pairedAt: null, continued: false };
  const known = { accountId: account, serialNumber: 'S1', model: 'M1', appVersion: '1.0.0', registrySequence: 0 };
  const labels = { name: null, location: null, lastSessionNumber: 0, unpairedSessionNumber: 0 };
  return PairedDevice.restore('device-1', { ...known, ...nothing, ...labels, presence: null, ...with_ }, 1, 0);
}

function theRegistrySays(with_: Partial<RegisteredDevice> = {}): RegisteredDevice {
  const known = { accountId: account, serialNumber: 'S1', model: 'M1', appVersion: '1.0.0' };
  return { ...known, session: null, locked: false, retired: false, ...with_ };
}

const apiSession = (number: number) => ({ id: `session-${number}`, number, mode: 'api' }) as const;

function aConnection(sessionNumber: number, connectSequence: number): Connection {
  const connectionId = `connection-${sessionNumber}-${connectSequence}`;
  return { node: 'node-1', connectionId, sessionId: `session-${sessionNumber}`, sessionNumber, connectSequence };
}

const online = { ...aConnection(1, 1), connected: true, since: t(0) };
const ready: Partial<PairedDeviceState> = {
  session: apiSession(1),
  code: 'NB7X',
  pairedAt: t(0),
  continued: true,
  presence: online,
};

describe('whether a device listens', () => {
  it('does when it has a code, Continue was pressed and it is connected in its open API-mode session', () => {
    const { node, connectionId } = online;
    expect(aDevice(ready).listening).toEqual({ listening: true, reason: null, node, connectionId });
  });

  it.each<[string, Partial<PairedDeviceState>]>([
    ['retired', { retired: true }],
    ['locked', { locked: true }],
    ['logged_out', { session: null }],
    ['standalone', { session: { id: 'session-1', number: 1, mode: 'standalone' } }],
    ['unpaired', { code: null, pairedAt: null }],
    ['never_connected', { presence: null }],
    ['offline', { presence: { ...online, connected: false } }],
    ['offline', { session: apiSession(2) }],
    ['offline', { session: apiSession(2), presence: { ...online, ...aConnection(3, 1) } }],
    ['not_continued', { continued: false }],
  ])('does not, and says %s', (reason, missing) => {
    expect(aDevice({ ...ready, ...missing }).listening).toMatchObject({ listening: false, reason });
  });

  it('says where the device is connected even while it does not listen', () => {
    const { node, connectionId } = online;
    expect(aDevice({ ...ready, locked: true }).listening).toMatchObject({ node, connectionId });
    const offline = aDevice({ ...ready, presence: { ...online, connected: false } });
    expect(offline.listening).toMatchObject({ node: null, connectionId: null });
  });
});

describe('the code of a device', () => {
  it('is earned by a log-in in API mode, and not by one in standalone mode', () => {
    const standalone = aDevice();
    standalone.follow(theRegistrySays({ session: { id: 's', number: 1, mode: 'standalone' } }), 1, t(1));
    expect(standalone.needsCode).toBe(false);
    const api = aDevice();
    api.follow(theRegistrySays({ session: apiSession(1) }), 1, t(1));
    expect(api.needsCode).toBe(true);
    api.assignCode('NB7X', t(1));
    expect(api.needsCode).toBe(false);
    expect(api.recorded.map(({ event }) => event.type)).toEqual(['DeviceCodeAssigned', 'DeviceListeningChanged']);
  });

  it('is earned even when the log-out was told first', () => {
    const device = aDevice();
    device.follow(theRegistrySays(), 2, t(2));
    device.follow(theRegistrySays({ session: apiSession(1) }), 1, t(1));
    expect(device.needsCode).toBe(true);
    expect(device.state.session).toBeNull();
  });

  it('stays over log-out, a standalone session and the next log-in', () => {
    const device = aDevice(ready);
    device.follow(theRegistrySays(), 2, t(2));
    device.follow(theRegistrySays({ session: { id: 's', number: 2, mode: 'standalone' } }), 3, t(3));
    device.follow(theRegistrySays({ session: apiSession(3) }), 4, t(4));
    expect([device.needsCode, device.state.code, device.state.continued]).toEqual([false, 'NB7X', true]);
  });

  it('is given back when the device moves to another account, and whoever knows it learns that nobody listens there', () => {
    const device = aDevice(ready);
    const { freedCode } = device.follow(theRegistrySays({ accountId: 'account-b', session: apiSession(2) }), 5, t(5));
    expect(freedCode).toBe('NB7X');
    expect(device.needsCode).toBe(true);
    expect(device.state).toMatchObject({ accountId: 'account-b', code: null, continued: false });
    const said = device.recorded.map(({ event }) => event);
    expect(said).toMatchObject([
      {
        type: 'DeviceListeningChanged',
        accountId: account,
        code: 'NB7X',
        now: { listening: false, reason: 'unpaired' },
      },
      { type: 'DeviceUnpaired', accountId: account, code: 'NB7X', by: null },
    ]);
  });

  it('is not continued by a press that belongs to the account it left', () => {
    const device = aDevice({ ...ready, accountId: 'account-b', continued: false });
    device.pressContinue(account, 1, t(1));
    expect(device.state.continued).toBe(false);
  });
});

describe('the connections of a device', () => {
  it('count when they are newer, whatever their time', () => {
    const device = aDevice(ready);
    device.connect(aConnection(1, 3), t(9));
    device.connect(aConnection(1, 2), t(10));
    expect(device.listening.connectionId).toBe('connection-1-3');
    device.disconnect(aConnection(1, 2), t(11));
    expect(device.liveConnection).not.toBeNull();
    device.disconnect(aConnection(1, 3), t(12));
    expect(device.state.presence).toMatchObject({ connected: false, since: t(12) });
  });

  it('of a session that the registry has not told yet are kept, and listening follows', () => {
    const device = aDevice(ready);
    device.connect(aConnection(2, 1), t(3));
    expect(device.listening).toMatchObject({ listening: false, reason: 'offline' });
    expect(device.openLine).toBeNull();
    device.follow(theRegistrySays({ session: apiSession(2) }), 4, t(4));
    expect(device.listening).toMatchObject({ listening: true, connectionId: 'connection-2-1' });
    expect(device.openLine?.connection.connectionId).toBe('connection-2-1');
  });

  it('stay ended when the end was told before the beginning', () => {
    const device = aDevice(ready);
    device.disconnect(aConnection(1, 2), t(5));
    device.connect(aConnection(1, 2), t(4));
    expect(device.state.presence).toMatchObject({ connectSequence: 2, connected: false, since: t(5) });
    device.disconnect(aConnection(1, 2), t(8));
    expect(device.state.presence).toMatchObject({ since: t(5) });
  });
});

describe('events in any order', () => {
  type Fact = (device: PairedDevice) => void;
  const says =
    (sequence: number, device: Partial<RegisteredDevice>): Fact =>
    (paired) => {
      paired.follow(theRegistrySays(device), sequence, t(sequence));
    };
  const story: readonly Fact[] = [
    says(1, {}),
    says(2, { session: apiSession(1) }),
    (device) => {
      device.connect(aConnection(1, 1), t(10));
    },
    (device) => {
      device.pressContinue(account, 1, t(11));
    },
    (device) => {
      device.connect(aConnection(1, 2), t(12));
    },
    (device) => {
      device.disconnect(aConnection(1, 1), t(13));
    },
    (device) => {
      device.disconnect(aConnection(1, 2), t(14));
    },
    says(3, {}),
    says(4, { session: apiSession(2) }),
    (device) => {
      device.connect(aConnection(2, 1), t(15));
    },
    says(5, { session: apiSession(2), locked: true }),
    says(6, { session: apiSession(2) }),
  ];
  const told = (facts: readonly Fact[]): PairedDevice => {
    const device = aDevice();
    for (const fact of facts) {
      fact(device);
      if (device.needsCode) device.assignCode('NB7X', t(0));
    }
    return device;
  };
  const repeatedAndShuffled = fc
    .array(fc.nat(story.length - 1), { maxLength: 8 })
    .chain((again) => fc.shuffledSubarray([...story.keys(), ...again], { minLength: story.length + again.length }))
    .map((order) => order.flatMap((index) => story[index] ?? []));

  it('end in the same state, some of them told twice', () => {
    const inOrder = told(story);
    expect(inOrder.listening).toMatchObject({ listening: true, connectionId: 'connection-2-1' });
    fc.assert(
      fc.property(repeatedAndShuffled, (facts) => {
        expect(told(facts).state).toEqual(inOrder.state);
      }),
      { numRuns: 1000 },
    );
  });

  it('leave the world with the truth as the last word about listening, numbered without gaps', () => {
    fc.assert(
      fc.property(repeatedAndShuffled, fc.nat(), (facts, cut) => {
        const device = told(facts.slice(0, cut % (facts.length + 1)));
        const said = device.recorded.flatMap(({ event }) =>
          event.type === 'DeviceListeningChanged' ? [event.now] : [],
        );
        if (device.state.code !== null) expect(said.at(-1)).toEqual(device.listening);
        expect(device.recorded.map(({ sequence }) => sequence)).toEqual(device.recorded.map((_, index) => index + 1));
      }),
      { numRuns: 1000 },
    );
  });
});
