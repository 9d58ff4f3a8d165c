import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { Device } from './device.js';
import type { DeviceState } from './device-state.js';
import { randomSetUpCode, readableSetUpCode, typedSetUpCode } from './set-up-code.js';

const at = new Date('2026-11-23T12:00:00.000Z');
const later = new Date('2026-11-23T13:00:00.000Z');
const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
const newKey = { publicKey: { ...publicKey, x: 'z'.repeat(43) }, keyThumbprint: 'new thumbprint' };
const by = { kind: 'user', id: 'olive', name: 'Olive Owner' } as const;

/** Set up and logged in, in account-1, nothing recorded. */
function aDevice(with_: Partial<DeviceState> = {}): Device {
  const facts = { serialNumber: 'SN-1', model: 'T1', appVersion: '1.4.0', publicKey, keyThumbprint: 'thumbprint' };
  const session = { id: 'session-1', number: 1, mode: 'api', userId: 'olive', openedAt: at } as const;
  const setUp = { networkChecked: true, appInstalled: true, accountId: 'account-1', lastSessionNumber: 1, session };
  const { state } = Device.register('device-1', { ...facts, registeredAt: at });
  return Device.restore('device-1', { ...state, ...setUp, ...with_ }, 4, 7);
}

const recordedOf = (device: Device) => device.recorded.map(({ event }) => event);

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return undefined;
}

describe('a locked device', () => {
  it('keeps its session, so that it goes on when it is unlocked', () => {
    const device = aDevice();
    device.lock(by, later);
    expect(recordedOf(device)).toMatchObject([{ type: 'DeviceLocked', at: later, by, device: { locked: true } }]);
    expect(codeOf(() => device.requireOpen('session-1'))).toBe('device_forbidden');
    device.unlock(by, later);
    expect(recordedOf(device)[1]).toMatchObject({ type: 'DeviceUnlocked', by, device: { locked: false } });
    expect(device.requireOpen('session-1')).toMatchObject({ number: 1 });
  });

  it('is told once, however often it is locked', () => {
    const device = aDevice();
    device.unlock(by, at);
    device.lock(by, at);
    device.lock(by, later);
    device.unlock(by, later);
    device.unlock(by, later);
    expect(recordedOf(device).map(({ type }) => type)).toEqual(['DeviceLocked', 'DeviceUnlocked']);
  });
});

describe('a retired device', () => {
  it('has no session and no log-in any more', () => {
    const device = aDevice();
    device.retire(by, later);
    device.retire(by, later);
    expect(recordedOf(device)).toMatchObject([
      { type: 'DeviceSessionEnded', reason: 'retired', device: { retired: true, session: null } },
      { type: 'DeviceRetired', by, device: { retired: true, session: null } },
    ]);
    expect(codeOf(() => device.requireReadyForLogIn())).toBe('device_forbidden');
  });

  it('comes back by a set-up of its own account, and of no other', () => {
    const device = aDevice({ retired: true, session: null });
    device.reinstate('account-2', later);
    expect(
      codeOf(() => {
        device.bindTo('account-2', later);
      }),
    ).toBe('device_forbidden');
    device.reinstate('account-1', later);
    expect(recordedOf(device)).toMatchObject([{ type: 'DeviceSetUp', device: { retired: false } }]);
    expect(device.requireReadyForLogIn()).toBe('account-1');
  });
});

describe('another key', () => {
  it('stands for the device from now on, and ends the session that the old one has', () => {
    const device = aDevice();
    device.replaceKey(newKey, 'account-1', later);
    expect(device.state).toMatchObject(newKey);
    expect(recordedOf(device)).toMatchObject([{ type: 'DeviceSessionEnded', reason: 'key_replaced' }]);
  });

  it('takes no device away from another account', () => {
    const device = aDevice();
    const replace = () => {
      device.replaceKey(newKey, 'account-2', later);
    };
    expect(codeOf(replace)).toBe('device_known');
    expect(device.state).toMatchObject({ publicKey, session: { id: 'session-1' } });
  });

  it.each(['locked', 'retired'] as const)('does not help a %s device', (reason) => {
    const device = aDevice({ [reason]: true });
    expect(
      codeOf(() => {
        device.replaceKey(newKey, 'account-1', later);
      }),
    ).toBe('device_forbidden');
  });
});

describe('a set-up code', () => {
  it('is eight letters, in two groups for people', () => {
    expect(randomSetUpCode(() => 0)).toBe('BBBBBBBB');
    expect(randomSetUpCode((below) => below - 1)).toBe('ZZZZZZZZ');
    expect(readableSetUpCode('BCDFGHJK')).toBe('BCDF-GHJK');
  });

  it.each(['bcdf-ghjk', 'BCDF GHJK', 'bcdfghjk'])('is read however it was typed: %s', (typed) => {
    expect(typedSetUpCode(typed)).toBe('BCDFGHJK');
  });
});
