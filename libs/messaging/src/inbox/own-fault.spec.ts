import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { isOwnFault } from './own-fault.js';

const database = (query: () => Promise<unknown>) => ({ query }) as unknown as DataSource;
const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const alive = database(() => Promise.resolve([]));
const away = database(() => Promise.reject(refused));

describe('whose fault an error is', () => {
  it("is the message's when the database answers", async () => {
    expect(await isOwnFault(new Error('no such device'), alive)).toBe(true);
  });

  it("is the database's, although it answers again, when the error tells of an outage", async () => {
    expect(await isOwnFault(refused, alive)).toBe(false);
  });

  it("is the database's, whatever the error says, when it does not answer", async () => {
    expect(await isOwnFault(new Error('no such device'), away)).toBe(false);
  });
});
