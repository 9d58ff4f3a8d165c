import { describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { forbiddenAddress, isPublic, lookupPublic } from './public-addresses.js';

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '::ffff:8.8.8.8',
  ])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.0.1', '169.254.169.254', '172.16.0.1'],
    ...['172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.19.0.1', '198.51.100.1'],
    ...['203.0.113.1', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::7f00:1', '::127.0.0.1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd12::1', 'ff02::1'],
    ...['100::1', '2001::1', '2001:db8::1', '2001:20::1', '3fff::1', '5f00::1', '4000::1'],
  ])('%s is not public', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each([
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1'],
    ...['64:ff9b:1::7f00:1', '2002:7f00:1::', '2002:a00:1::', '64:ff9b::808:808', '2002:808:808::'],
  ])('%s carries another address and is not public', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['', 'pos.example', '256.1.1.1', '8.8.8.8/0', '8.8.8.8 '])('that is none is not public: %j', (text) => {
    expect(isPublic(text)).toBe(false);
  });
});

describe('a look-up', () => {
  const look = (host: string, all: boolean) =>
    new Promise<{ code: string | undefined; address: string | LookupAddress[] }>((resolve) => {
      lookupPublic(host, { all }, (error, address) => {
        resolve({ code: error?.code, address });
      });
    });

  it.each([true, false])(
    'refuses a name of this machine, and gives no address to connect to (all: %s)',
    async (all) => {
      expect(await look('localhost', all)).toEqual({ code: forbiddenAddress, address: [] });
    },
  );

  it('passes on that a name has no address', async () => {
    expect((await look('nothing.invalid', true)).code).toMatch(/^E(NOTFOUND|AI_[A-Z]+)$/);
  });

  it.each([
    [true, [{ address: '8.8.8.8', family: 4 }]],
    [false, '8.8.8.8'],
  ])('gives the address that it checked (all: %s)', async (all, address) => {
    expect(await look('8.8.8.8', all)).toEqual({ code: undefined, address });
  });
});
