import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeviceRepository } from '../../../libs/device-registry/src/infrastructure/device.repository.js';
import { aTerminalOf } from './a-terminal.js';
import { type Registry, startRegistry } from './support.js';

let registry: Registry;
let devices: DeviceRepository;
beforeAll(async () => {
  registry = await startRegistry();
  devices = registry.get(DeviceRepository);
});
afterAll(() => registry.stop());

const load = (id: string) => registry.database.unitOfWork.run((tx) => devices.get(tx, id));
const aSession = (accountId: string) => ({ userId: randomUUID(), accountId, mode: 'api' }) as const;

describe('Saving a device', () => {
  it('that was changed since it was read is refused: nothing is written and nothing told', async () => {
    const { deviceId, user, terminal } = await aTerminalOf(registry);
    const stale = await load(deviceId);
    const { session } = await terminal.loggedIn();
    const told = registry.events.of(deviceId).length;
    stale.logIn(randomUUID(), aSession(user.accountId), registry.clock.now());
    await expect(registry.database.unitOfWork.run((tx) => devices.save(tx, stale))).rejects.toMatchObject({
      ...{ code: 'unavailable', facts: { retryAfterSeconds: 1 } },
    });
    expect((await load(deviceId)).state.session?.id).toBe(session.id);
    expect(registry.events.of(deviceId)).toHaveLength(told);
  });

  it('raises its version by one, so that the same thing is not saved twice', async () => {
    const { deviceId } = await aTerminalOf(registry);
    const device = await load(deviceId);
    const save = () => registry.database.unitOfWork.run((tx) => devices.save(tx, device));
    await save();
    expect((await load(deviceId)).version).toBe(device.version + 1);
    await expect(save()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('keeps every field that it was given, and its events are numbered on', async () => {
    const { deviceId, user } = await aTerminalOf(registry);
    const at = registry.clock.now();
    await registry.database.unitOfWork.run(async (tx) => {
      const device = await devices.get(tx, deviceId);
      device.logIn(randomUUID(), aSession(user.accountId), at);
      await devices.save(tx, device);
      expect((await devices.get(tx, deviceId)).state).toEqual(device.state);
    });
    expect((await load(deviceId)).sequence).toBe(2);
    expect(registry.events.of(deviceId).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('in a transaction that is undone tells nothing', async () => {
    const { deviceId, user } = await aTerminalOf(registry);
    const undone = new Error('undone');
    const work = registry.database.unitOfWork.run(async (tx) => {
      const device = await devices.get(tx, deviceId);
      device.logIn(randomUUID(), aSession(user.accountId), registry.clock.now());
      await devices.save(tx, device);
      throw undone;
    });
    await expect(work).rejects.toBe(undone);
    expect((await load(deviceId)).state.session).toBeNull();
    expect(registry.events.namesOf(deviceId)).toEqual(['DeviceSetUp']);
  });

  it('waits for whoever holds the device, so that two changes follow each other', async () => {
    const { deviceId, user } = await aTerminalOf(registry);
    const change = () =>
      registry.database.unitOfWork.run(async (tx) => {
        const device = await devices.get(tx, deviceId);
        const { number } = device.logIn(randomUUID(), aSession(user.accountId), registry.clock.now());
        await devices.save(tx, device);
        return number;
      });
    const numbers = await Promise.all([1, 2, 3, 4, 5].map(change));
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
