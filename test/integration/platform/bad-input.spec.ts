import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectedTo } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { customerWhoPays, type Merchant, World } from '../../support/world.js';
import { type Answer, json, refusalIn, send } from './stranger.js';

describe('a purchase that is not valid, to a terminal that would take it', () => {
  let world: World;
  let merchant: Merchant;
  let listening: Awaited<ReturnType<World['listeningTerminal']>>;

  beforeAll(async () => {
    world = await World.start('embedded');
    merchant = await world.merchant();
    listening = await world.listeningTerminal(merchant);
  });

  afterAll(async () => {
    await world.stop();
  });

  const purchase = (body: string | Buffer | undefined, headers: Record<string, string> = json): Promise<Answer> =>
    send(world.platform.url, {
      method: 'POST',
      path: `/v2/devices/${listening.code}/payment/purchase`,
      headers: { 'api-token': merchant.token, ...headers },
      ...(body === undefined ? {} : { body }),
    });

  /** The texts of fields, so that a test can send what no JSON writer would write. */
  const order = (fields: Readonly<Record<string, string | undefined>>): string => {
    const all: Record<string, string | undefined> = { currency: '"CAD"', transactionAmount: '4711.5', ...fields };
    const present = Object.entries(all).flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`]));
    return `{${present.join(',')}}`;
  };

  const stored = (): Promise<unknown> =>
    connectedTo(world.platform.databaseUrl, async (client) => {
      const tables = ['payment', 'idempotency_key', 'card_transaction', 'reported_result'];
      const counts = tables.map((table) => `(SELECT count(*)::int FROM payment_routing.${table}) AS ${table}`);
      return (await client.query<object>(`SELECT ${counts.join(', ')}`)).rows[0];
    });

  const amounts: (string | undefined)[] = [
    ...[undefined, 'null', '"4711"', '"4711.00"', '"canary"', '""', 'true', '[4711]', '[]', '{"valueOf":4711}', '{}'],
    ...['4711.123', '4711.001', '0.001', '4.711e-7', '-4711', '-0.01', '0', '-0', '0.00', '0.004'],
    ...['4711000000', '1000000000', '4711e18', '1e400', '-1e400', '9007199254740993'],
  ];
  it.each(amounts)('for the amount %s is refused by the name of the field', async (text) => {
    const refusal = refusalIn(await purchase(order({ transactionAmount: text })));
    expect(refusal).toMatchObject({ status: 400, fields: { transactionAmount: expect.stringMatching(/\w/) } });
    expect(Object.keys(refusal.fields)).toEqual(['transactionAmount']);
    expect(refusal.errors[0]).toMatch(/^transactionAmount: /);
  });

  it('is told what is wrong with the amount', async () => {
    const problems = { '-4711': 'more than 0', '0': 'more than 0', '4711.123': '2 decimals', '1e9': 'at most' };
    for (const [text, problem] of Object.entries(problems)) {
      const { fields } = refusalIn(await purchase(order({ transactionAmount: text })));
      expect(fields.transactionAmount).toContain(problem);
    }
  });

  const currencies = [
    undefined,
    'null',
    '""',
    '"USD"',
    '"cad"',
    '"CADX"',
    '"canary"',
    '4711',
    '["CAD"]',
    '{"toString":1}',
  ];
  it.each(currencies)('in the currency %s is refused by the name of the field', async (text) => {
    const refusal = refusalIn(await purchase(order({ currency: text })));
    expect(refusal).toMatchObject({ status: 400, fields: { currency: expect.stringContaining('CAD') } });
  });

  const references = [
    ...['4711', 'true', '["canary"]', '{"canary":1}', `"${'4711'.repeat(13)}"`, `"${'é'.repeat(51)}"`],
    ...['"canary\\u0000"', '"canary\\u0007"', '"canary\\n"', '"\\ud800canary"', '"canary\\udfff"', '"canary\\u202e"'],
  ];
  it.each(['invoiceNumber', 'customerCode'])(
    'with a %s that is no short printable text is refused by its name',
    async (field) => {
      for (const text of references) {
        const refusal = refusalIn(await purchase(order({ [field]: text })));
        expect([text, refusal.status, Object.keys(refusal.fields)]).toEqual([text, 400, [field]]);
      }
    },
  );

  it.each([
    ['description', ['"canary\\u0000"', '4711', `"${'x'.repeat(81)}"`]],
    [
      'metadata',
      ['"canary"', '[4711]', '{"a":4711}', '{"canary\\u0000":"x"}', '{"a":"canary\\ud800"}', '{"a":{"b":1}}'],
    ],
    ['deliverWithin', ['1', '61', '"4711"', '4711', '2.5', '[10]']],
    ['payWithin', ['14', '301', '"4711"', '-4711']],
  ])('with a wrong %s is refused by its name', async (field, texts) => {
    for (const text of texts) {
      const refusal = refusalIn(await purchase(order({ [field]: text })));
      expect([text, refusal.status, Object.keys(refusal.fields)]).toEqual([text, 400, [field]]);
    }
  });

  it('with several wrong fields names them all', async () => {
    const { fields } = refusalIn(
      await purchase(order({ currency: undefined, transactionAmount: '"canary"', payWithin: '1' })),
    );
    expect(Object.keys(fields).sort()).toEqual(['currency', 'payWithin', 'transactionAmount']);
  });

  it.each(['', 'null', '[]', '[{}]', '"canary"', '4711', 'true', undefined])(
    'whose whole body is %s lacks its fields',
    async (body) => {
      const headers = body === undefined ? {} : json;
      const { status, fields } = refusalIn(await purchase(body, headers));
      expect([status, Object.keys(fields)]).toEqual([400, ['currency', 'transactionAmount']]);
    },
  );

  const good = order({});
  const brokenBodies: [string, string | Buffer][] = [
    ['broken', '{"canary'],
    ['with a comma too many', '{"currency":"CAD","transactionAmount":4711,}'],
    ['with a comment', `/* canary */ ${good}`],
    ['twice', good + good],
    ['behind a byte order mark', `\ufeff${good}`],
    ['with a number like no JSON', order({ transactionAmount: '+4711' })],
    ['with a raw NUL', order({ invoiceNumber: '"canary\0"' })],
    ['with a raw line break', order({ invoiceNumber: '"canary\n"' })],
    ['nested 17 levels deep', order({ metadata: `${'['.repeat(17)}${']'.repeat(17)}` })],
    ['of nothing but 16,000 brackets', '['.repeat(16_000)],
    ['nested 2,500 objects deep', `${'{"a":'.repeat(2_500)}1${'}'.repeat(2_500)}`],
    ['with the same field twice', order({}).replace('{', '{"transactionAmount":4711,')],
    ['with the same field twice, once escaped', order({}).replace('{', '{"\\u0063urrency":"CAD",')],
    ['with the same key twice further down', order({ metadata: '{"canary":"a","canary":"b"}' })],
    ['with __proto__', order({ __proto__canary: '1' }).replace('__proto__canary', '__proto__')],
    ['with __proto__ further down', order({ metadata: '{"__proto__":{"canary":"x"}}' })],
    ['with a constructor', order({ constructor: '{"prototype":{"canary":1}}' })],
  ];
  it.each(brokenBodies)('as JSON %s is bad_json', async (_, body) => {
    expect(refusalIn(await purchase(body))).toMatchObject({ status: 400, code: 'bad_json', fields: {} });
  });

  it('in bytes that are not UTF-8 is refused', async () => {
    const body = Buffer.concat([
      Buffer.from('{"currency":"CAD","transactionAmount":4711,"invoiceNumber":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    expect(refusalIn(await purchase(body))).toMatchObject({ status: 400, code: 'bad_json' });
  });

  it.each([
    ['no content type', {}],
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a multipart form', { 'content-type': 'multipart/form-data; boundary=canary' }],
    ['something like JSON', { 'content-type': 'application/jsonx' }],
    ['nonsense', { 'content-type': 'canary' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
  ])('sent as %s is 415', async (_, headers) => {
    expect(refusalIn(await purchase(good, headers))).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it.each(['gzip', 'br', 'canary'])('compressed with %s is 415, and not inflated', async (encoding) => {
    const answer = await purchase(gzipSync(good), { ...json, 'content-encoding': encoding });
    expect(refusalIn(answer)).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('of 16 kB is read, and of a byte more is 413, like one of 1 MB', async () => {
    const ofSize = (bytes: number): string => order({ payWithin: '1' }).padEnd(bytes);
    expect(refusalIn(await purchase(ofSize(16 * 1024)))).toMatchObject({
      status: 400,
      fields: { payWithin: expect.anything() },
    });
    for (const body of [ofSize(16 * 1024 + 1), ofSize(1_000_000), 'canary'.repeat(170_000)])
      expect(refusalIn(await purchase(body))).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it.each(['canary', 'x'.repeat(129), 'has a canary', 'canary,canary', ''])(
    'with the idempotency key %j is refused by its name',
    async (key) => {
      const { status, fields } = refusalIn(await purchase(good, { ...json, 'idempotency-key': key }));
      expect([status, Object.keys(fields)]).toEqual([400, ['idempotency-key']]);
    },
  );

  it('stores nothing, reaches no terminal, harms nobody: the next good one is approved', async () => {
    expect(await stored()).toEqual({ payment: 0, idempotency_key: 0, card_transaction: 0, reported_result: 0 });
    expect(listening.terminal.state).toMatchObject({ listening: true, payment: null });
    const [platform] = world.platform.processes;
    expect(platform?.isRunning).toBe(true);
    expect(platform?.output).not.toMatch(/canary|4711|"level":50/i);

    customerWhoPays(listening.terminal);
    const paid = await eventually('a good purchase is approved', () =>
      world.purchase(merchant.token, listening.code, 10.25, { prefer: 'wait=20' }),
    );
    expect(paid).toMatchObject({ status: 200, body: { status: 'approved' } });
    expect(await stored()).toMatchObject({ payment: 1, card_transaction: 1 });
  });
});
