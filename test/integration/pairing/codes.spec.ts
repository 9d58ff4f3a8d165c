import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { ATerminal } from './a-terminal.js';
import { type Pairing, startPairing } from './support.js';

const fewCodes = (alphabet: string) => () =>
  Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

async function codesOf(pairing: Pairing, accountId: string): Promise<string[]> {
  const rows: { code: string }[] = await pairing.database.dataSource.query(
    'SELECT code FROM pairing.device WHERE account_id = $1 AND code IS NOT NULL',
    [accountId],
  );
  return rows.map((row) => row.code);
}

describe('device codes under concurrency', () => {
  let pairing: Pairing;
  afterEach(() => pairing.stop());

  /** As many at once as there are connections: more would wait for one of those, and give that up on a slow machine. */
  const logInAtOnce = (accountId: string, count: number) => {
    const limit = pLimit(10);
    return Promise.allSettled(
      Array.from({ length: count }, () =>
        limit(() => pairing.tell(new ATerminal(pairing.clock, accountId).loggedIn())),
      ),
    );
  };

  it('200 devices that log in at once share 256 codes without sharing one', async () => {
    pairing = await startPairing(fewCodes('2345'));
    const accountId = randomUUID();
    const outcomes = await logInAtOnce(accountId, 200);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    const codes = await codesOf(pairing, accountId);
    expect([codes.length, new Set(codes).size]).toEqual([200, 200]);
    expect(pairing.events.committed.filter(({ name }) => name === 'DeviceCodeAssigned')).toHaveLength(200);
  });

  it('when 200 devices want one of 81 codes, each gets its own or a clear refusal, and nothing half done stays', async () => {
    pairing = await startPairing(fewCodes('234'));
    const accountId = randomUUID();
    const outcomes = await logInAtOnce(accountId, 200);
    const reasons = outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const reason of reasons) expect(reason).toMatchObject({ code: 'no_free_code' });
    const codes = await codesOf(pairing, accountId);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length + reasons.length).toBe(200);
    const [devices] = await pairing.database.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM pairing.device',
    );
    expect(devices.count).toBe(codes.length);
  });

  it('the same log-in told to many processes at once gives one code', async () => {
    pairing = await startPairing();
    const terminal = new ATerminal(pairing.clock);
    const login = terminal.loggedIn();
    await Promise.all(Array.from({ length: 20 }, () => pairing.tell(login)));
    expect(pairing.events.of(terminal.deviceId, 'DeviceCodeAssigned')).toHaveLength(1);
  });
});

describe('the code of a device', () => {
  let pairing: Pairing;
  const offers: string[] = [];
  beforeAll(async () => {
    pairing = await startPairing(() => offers.shift() ?? fewCodes('BCDFGHJK')());
  });
  afterAll(() => pairing.stop());

  it('may be the same in two accounts', async () => {
    const [one, other] = [new ATerminal(pairing.clock), new ATerminal(pairing.clock)];
    offers.push('NB7X', 'NB7X');
    await pairing.tell(one.loggedIn(), other.loggedIn());
    expect(await codesOf(pairing, one.accountId)).toEqual(['NB7X']);
    expect(await codesOf(pairing, other.accountId)).toEqual(['NB7X']);
  });

  it('is kept over log-out, standalone sessions and lock', async () => {
    const terminal = new ATerminal(pairing.clock);
    await pairing.tell(terminal.setUp(), terminal.loggedIn());
    const first = await codesOf(pairing, terminal.accountId);
    await pairing.tell(terminal.loggedOut(), terminal.loggedIn('standalone'), terminal.loggedOut());
    await pairing.tell(terminal.lock(), terminal.unlock(), terminal.loggedIn());
    expect(await codesOf(pairing, terminal.accountId)).toEqual(first);
    expect(pairing.events.of(terminal.deviceId, 'DeviceCodeAssigned')).toHaveLength(1);
  });

  it('is given to no standalone session', async () => {
    const terminal = new ATerminal(pairing.clock);
    await pairing.tell(terminal.setUp(), terminal.loggedIn('standalone'));
    expect(await codesOf(pairing, terminal.accountId)).toEqual([]);
    expect(pairing.events.of(terminal.deviceId)).toEqual([]);
  });

  it('is a new one after a move to another account, and the old one rests for 90 days', async () => {
    const [accountId, elsewhere] = [randomUUID(), randomUUID()];
    const moving = new ATerminal(pairing.clock, accountId);
    offers.push('MQ4T');
    await pairing.tell(moving.loggedIn(), moving.loggedOut());
    moving.accountId = elsewhere;
    offers.push('W8KR');
    await pairing.tell(moving.setUp(), moving.loggedIn());
    expect([await codesOf(pairing, accountId), await codesOf(pairing, elsewhere)]).toEqual([[], ['W8KR']]);

    const day = 24 * 60 * 60;
    pairing.clock.forward({ seconds: 89 * day });
    offers.push('MQ4T', 'ZZ22');
    await pairing.tell(new ATerminal(pairing.clock, accountId).loggedIn());
    expect(await codesOf(pairing, accountId)).toEqual(['ZZ22']);
    pairing.clock.forward({ seconds: 2 * day });
    offers.push('MQ4T');
    await pairing.tell(new ATerminal(pairing.clock, accountId).loggedIn());
    expect((await codesOf(pairing, accountId)).sort()).toEqual(['MQ4T', 'ZZ22']);
  });
});
