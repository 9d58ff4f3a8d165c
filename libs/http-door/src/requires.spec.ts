import { describe, expect, it } from '@jest/globals';
import { type Permissions, satisfies } from './index.js';

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
