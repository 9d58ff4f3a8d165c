import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { Device } from './device.js';
import type { DeviceState, SessionEndReason } from './device-state.js';

const at = new Date('2026-11-23T12:00:00.000Z');
const later = new Date('2026-11-23T13:00:00.000Z');
const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
const facts = { serialNumber: 'SN-1', model: 'T1', appVersion: '1.4.0' };

const aNewDevice = (): Device =>
  Device.register('device-1', { ...facts, publicKey, keyThumbprint: 'thumbprint', registeredAt: at });

/** Set up, in account-1, nothing recorded. */
function aDevice(state: Partial<DeviceState> = {}): Device {
  const setUp = { networkChecked: true, appInstalled: true, accountId: 'account-1' };
  return Device.restore('device-1', { ...aNewDevice().state, ...setUp, ...state }, 4, 7);
}

const user = { userId: 'olive', accountId: 'account-1', mode: 'api' } as const;

function aLoggedInDevice(): Device {
  const device = aDevice();
  device.logIn('session-1', user, at);
  return Device.restore('device-1', device.state, 5, 8);
}

const typesOf = (device: Device) => device.recorded.map(({ event }) => event.type);
const endsOf = (device: Device): SessionEndReason[] =>
  device.recorded.flatMap(({ event }) => (event.type === 'DeviceSessionEnded' ? [event.reason] : []));

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('A new device', () => {
  it('has all steps before it, no account, no session, and nothing to tell', () => {
    const device = aNewDevice();
    expect(device.missingSteps).toEqual(['network', 'app', 'account']);
    expect(device.state).toMatchObject({ ...facts, accountId: null, session: null, lastSessionNumber: 0 });
    expect(device).toMatchObject({ version: 0, sequence: 0, recorded: [] });
  });

  it.each([[['network', 'app', 'account']], [['account', 'network', 'app']], [['app', 'account', 'network']]] as const)(
    'is set up with the last step that was missing, in any order: %j',
    (order) => {
      const device = aNewDevice();
      const steps = {
        network: () => {
          device.checkNetwork(later);
        },
        app: () => {
          device.installApp('1.5.0', later);
        },
        account: () => {
          device.bindTo('account-1', later);
        },
      };
      for (const step of order) {
        expect(device.recorded).toEqual([]);
        steps[step]();
        expect(device.missingSteps).not.toContain(step);
      }
      expect(device.missingSteps).toEqual([]);
      const state = { networkChecked: true, appInstalled: true, accountId: 'account-1', appVersion: '1.5.0' };
      expect(device.recorded).toMatchObject([
        { sequence: 1, event: { type: 'DeviceSetUp', at: later, device: state } },
      ]);
    },
  );

  it('may do a step again: what it says is kept, and nobody is told', () => {
    const device = aDevice();
    device.checkNetwork(later);
    device.installApp('1.6.0', later);
    device.bindTo('account-1', later);
    expect(device.state.appVersion).toBe('1.6.0');
    expect(device.recorded).toEqual([]);
  });
});

describe('Binding to an account', () => {
  it('moves a device: its session ends in the old account before it is set up in the new one', () => {
    const device = aLoggedInDevice();
    device.bindTo('account-2', later);
    expect(device.recorded).toMatchObject([
      {
        sequence: 9,
        event: {
          ...{ type: 'DeviceSessionEnded', at: later, reason: 'moved', ended: { id: 'session-1' } },
          device: { accountId: 'account-1', session: null },
        },
      },
      { sequence: 10, event: { type: 'DeviceSetUp', at: later, device: { accountId: 'account-2', session: null } } },
    ]);
  });

  it('tells of a move even when nobody was logged in', () => {
    const device = aDevice();
    device.bindTo('account-2', later);
    expect(typesOf(device)).toEqual(['DeviceSetUp']);
  });

  it('to the account that it has keeps its session', () => {
    const device = aLoggedInDevice();
    device.bindTo('account-1', later);
    expect(device.state.session?.id).toBe('session-1');
    expect(device.recorded).toEqual([]);
  });

  it.each(['locked', 'retired'] as const)('is refused to a %s device: its lock is not left behind', (reason) => {
    const device = aDevice({ [reason]: true });
    for (const account of ['account-1', 'account-2']) {
      expect(
        refusalOf(() => {
          device.bindTo(account, later);
        }),
      ).toMatchObject({
        code: 'device_forbidden',
        facts: { reason },
      });
    }
    expect(device.state.accountId).toBe('account-1');
    expect(device.recorded).toEqual([]);
  });
});

describe('Before a log-in', () => {
  it('a device that is set up names the account whose users may log in', () => {
    expect(aDevice().requireReadyForLogIn()).toBe('account-1');
  });

  it.each([
    [{ networkChecked: false }, ['network']],
    [{ appInstalled: false, accountId: null }, ['app', 'account']],
    [{ accountId: null }, ['account']],
  ] as const)('%j: the missing steps are named', (state, missing) => {
    const device = aDevice(state);
    expect(refusalOf(() => device.requireReadyForLogIn())).toMatchObject({
      code: 'setup_required',
      facts: { missing },
    });
    expect(refusalOf(() => device.logIn('session-1', user, at))).toMatchObject({ code: 'setup_required' });
    expect(device.state.session).toBeNull();
  });

  it.each(['locked', 'retired'] as const)('a %s device is told so, whatever else is missing', (reason) => {
    const device = aDevice({ [reason]: true, accountId: null });
    const refusal = { code: 'device_forbidden', facts: { reason } };
    expect(refusalOf(() => device.requireReadyForLogIn())).toMatchObject(refusal);
    expect(refusalOf(() => device.logIn('session-1', user, at))).toMatchObject(refusal);
  });
});

describe('A log-in', () => {
  it('opens a session with the next number, the mode and the user', () => {
    const device = aDevice({ lastSessionNumber: 41 });
    const session = device.logIn('session-1', { ...user, mode: 'standalone' }, later);
    const opened = { id: 'session-1', number: 42, mode: 'standalone', userId: 'olive', openedAt: later };
    expect(session).toEqual(opened);
    expect(device.state).toMatchObject({ session: opened, lastSessionNumber: 42 });
    expect(device.recorded).toMatchObject([
      { sequence: 8, event: { type: 'DeviceLoggedIn', at: later, session: opened, device: { session: opened } } },
    ]);
  });

  it('ends the open session first', () => {
    const device = aLoggedInDevice();
    device.logIn('session-2', { ...user, userId: 'sam' }, later);
    expect(device.recorded).toMatchObject([
      {
        sequence: 9,
        event: {
          ...{ type: 'DeviceSessionEnded', reason: 'logged_in_again', ended: { id: 'session-1', number: 1 } },
          device: { session: null },
        },
      },
      { sequence: 10, event: { type: 'DeviceLoggedIn', session: { id: 'session-2', number: 2, userId: 'sam' } } },
    ]);
  });

  it('never gives a number twice, also after a log-out and a move', () => {
    const device = aLoggedInDevice();
    device.logOut('session-1', at);
    expect(device.logIn('session-2', user, at).number).toBe(2);
    device.bindTo('account-2', at);
    expect(device.logIn('session-3', { ...user, accountId: 'account-2' }, at).number).toBe(3);
  });

  it('of a user whose account the device has left meanwhile is refused, and changes nothing', () => {
    const device = aLoggedInDevice();
    const stranger = { ...user, accountId: 'account-2' };
    expect(refusalOf(() => device.logIn('session-2', stranger, later)).code).toBe('unavailable');
    expect(device.state.session?.id).toBe('session-1');
    expect(device.recorded).toEqual([]);
  });
});

describe('The end of a session', () => {
  it('is told with the session that ended and why', () => {
    const device = aLoggedInDevice();
    device.logOut('session-1', later);
    expect(device.state).toMatchObject({ session: null, lastSessionNumber: 1 });
    const ended = { id: 'session-1', number: 1, mode: 'api', userId: 'olive', openedAt: at };
    expect(device.recorded).toMatchObject([
      { sequence: 9, event: { type: 'DeviceSessionEnded', at: later, reason: 'logged_out', ended } },
    ]);
  });

  it('by a log-out is that of this very session, and of no later one', () => {
    const device = aLoggedInDevice();
    device.logOut('session-0', later);
    expect(device.state.session?.id).toBe('session-1');
    expect(device.recorded).toEqual([]);
  });

  it('happens once', () => {
    const device = aLoggedInDevice();
    device.endSession('user_deactivated', later);
    device.endSession('unpaired', later);
    device.logOut('session-1', later);
    expect(endsOf(device)).toEqual(['user_deactivated']);
  });

  it.each([
    ['a later session', 2, ['unpaired']],
    ['this very session', 1, ['unpaired']],
    ['an earlier session', 0, []],
  ] as const)('that something up to %s brings', (_which, number, ends) => {
    const device = aLoggedInDevice();
    device.endSessionUpTo(number, 'unpaired', later);
    expect(endsOf(device)).toEqual(ends);
    expect(device.state.session === null).toBe(ends.length > 0);
  });

  it('does not concern a device on which nobody is logged in', () => {
    const device = aDevice();
    device.endSessionUpTo(9, 'unpaired', later);
    expect(device.recorded).toEqual([]);
  });
});

describe('A session that must be open', () => {
  it('is given when it is the open one', () => {
    expect(aLoggedInDevice().requireOpen('session-1')).toMatchObject({ id: 'session-1', number: 1, mode: 'api' });
  });

  it('has ended when it is another, or none', () => {
    expect(refusalOf(() => aLoggedInDevice().requireOpen('session-0')).code).toBe('session_ended');
    expect(refusalOf(() => aDevice().requireOpen('session-1')).code).toBe('session_ended');
  });

  it.each(['locked', 'retired'] as const)('is refused to a %s device', (reason) => {
    const device = Device.restore('device-1', { ...aLoggedInDevice().state, [reason]: true }, 5, 8);
    const refusal = { code: 'device_forbidden', facts: { reason } };
    expect(refusalOf(() => device.requireOpen('session-1'))).toMatchObject(refusal);
  });
});
