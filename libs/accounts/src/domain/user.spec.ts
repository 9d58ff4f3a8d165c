import { describe, expect, it } from '@jest/globals';
import { checkedEmail, checkedPassword, checkedPin } from './texts.js';
import { type NewUser, User } from './user.js';

const at = new Date('2026-11-23T12:00:00.000Z');
const hashes = { passwordHash: '$argon2id$…', pinHash: Buffer.from('pin') };
const aUser = (wanted: Partial<NewUser> = {}): User =>
  User.add(
    'user-1',
    { accountId: 'account-1', name: 'Sam', role: 'staff', email: 'Sam@Example.com ', ...hashes, ...wanted },
    at,
  );

describe('User', () => {
  it('is added with e-mail and password, with a PIN, or with both', () => {
    expect(aUser().state.email).toBe('sam@example.com');
    expect(aUser({ pinHash: null }).state.active).toBe(true);
    expect(aUser({ email: null, passwordHash: null }).state.active).toBe(true);
  });

  it.each([
    ['password', { passwordHash: null }],
    ['email', { email: null }],
    ['pin', { email: null, passwordHash: null, pinHash: null }],
    ['role', { role: 'owner' as 'staff' }],
    ['name', { name: '' }],
  ])('is refused without a proper %s', (field, wanted) => {
    expect(() => aUser(wanted)).toThrow(new RegExp(`^${field}: `));
  });

  it('is changed in what is named, and tells what is other than before', () => {
    const user = aUser();
    expect(user.change({ name: ' Sam ', role: 'manager', pinHash: Buffer.from('pin') })).toEqual(['role']);
    expect(user.change({ email: 'Other@Example.com', pinHash: Buffer.from('other') })).toEqual(['email', 'pinHash']);
    expect(user.state).toMatchObject({ name: 'Sam', role: 'manager', email: 'other@example.com' });
    expect(user.change({})).toEqual([]);
  });

  it('is not changed into what could not be added', () => {
    const pinOnly = aUser({ email: null, passwordHash: null });
    expect(() => pinOnly.change({ email: 'sam@example.com' })).toThrow(/^password: /);
    expect(() => pinOnly.change({ passwordHash: '$argon2id$…' })).toThrow(/^email: /);
    expect(() => pinOnly.change({ name: ' ' })).toThrow(/^name: /);
    expect(pinOnly.change({ email: 'sam@example.com', passwordHash: '$argon2id$…' })).toEqual([
      'email',
      'passwordHash',
    ]);
  });

  it('loses its credentials when deactivated, and says so once', () => {
    const user = aUser();
    user.deactivate(at);
    user.deactivate(at);
    expect(user.state).toMatchObject({ active: false, passwordHash: null, pinHash: null });
    expect(user.recorded.map(({ event }) => event.type)).toEqual(['UserDeactivated']);
  });
});

describe('what a user types', () => {
  it.each(['123', '12345678901', '12a4', '１２３４', ' 1234', ''])('is no PIN: %j', (text) => {
    expect(() => checkedPin(text)).toThrow(/^pin: /);
  });

  it.each(['', 'a', '@b.c', 'a@', 'a b@c.d', 'a@b@c', `${'x'.repeat(65)}@b.c`, 'a\u0000@b.c'])(
    'is no e-mail address: %j',
    (text) => {
      expect(() => checkedEmail(text)).toThrow(/^email: /);
    },
  );

  it('is a password from 10 to 128 characters, in whatever code points the keyboard writes it', () => {
    expect(checkedPassword('cafe\u0301-on-main-street')).toBe(checkedPassword('caf\u00e9-on-main-street'));
    expect(() => checkedPassword('short')).toThrow(/^password: /);
    expect(() => checkedPassword('x'.repeat(129))).toThrow(/^password: /);
  });
});
