import { describe, expect, it } from '@jest/globals';
import {
  doorRuleKey,
  ForDevices,
  type Permissions,
  Public,
  Requires,
  RequiresAdministrator,
  RequiresConsole,
  RequiresManager,
  satisfies,
} from './index.js';

const none: Permissions = { general: 'none', settings: 'none', processing: 'none' };

describe('satisfies', () => {
  it('lets any caller in where nothing is needed', () => {
    expect(satisfies(none, [])).toBe(true);
  });

  it('lets a higher level include the lower ones', () => {
    const need = { processing: 'positive_transaction' } as const;
    expect(satisfies({ ...none, processing: 'admin' }, [need])).toBe(true);
    expect(satisfies({ ...none, processing: 'positive_transaction' }, [need])).toBe(true);
    expect(satisfies({ ...none, processing: 'auth' }, [need])).toBe(false);
  });

  it('asks for every axis of one need', () => {
    const need = { general: 'read', settings: 'read' } as const;
    expect(satisfies({ ...none, general: 'write' }, [need])).toBe(false);
    expect(satisfies({ ...none, general: 'read', settings: 'write' }, [need])).toBe(true);
  });

  it('is content with one of several needs', () => {
    const needs = [{ general: 'read' }, { processing: 'positive_transaction' }] as const;
    expect(satisfies({ ...none, processing: 'admin' }, needs)).toBe(true);
    expect(satisfies(none, needs)).toBe(false);
  });
});

describe('a door rule', () => {
  it('is what the method states', () => {
    class Doors {
      @Requires({ general: 'read' }) forCallers() {
        return 1;
      }
      @RequiresAdministrator() forAdministrators() {
        return 2;
      }
      @RequiresConsole() forPeople() {
        return 6;
      }
      @RequiresManager() forManagers() {
        return 5;
      }
      @ForDevices() forDevices() {
        return 3;
      }
      @Public() forAll() {
        return 4;
      }
    }
    const { forCallers, forAdministrators, forPeople, forManagers, forDevices, forAll } = Doors.prototype;
    const stated = [forCallers, forAdministrators, forPeople, forManagers, forDevices, forAll].map(
      (method) => Reflect.getMetadata(doorRuleKey, method) as unknown,
    );
    expect(stated).toEqual([
      { kind: 'caller', anyOf: [{ general: 'read' }] },
      { kind: 'administrator' },
      { kind: 'console' },
      { kind: 'manager' },
      { kind: 'device' },
      { kind: 'public' },
    ]);
  });

  it('is stated once: a second one is refused before anything starts', () => {
    const twice = () => {
      class Doors {
        @Public() @Requires({ processing: 'admin' }) refund() {
          return 1;
        }
      }
      return Doors;
    };
    expect(twice).toThrow('Doors.refund states twice who may call it');
  });
});
