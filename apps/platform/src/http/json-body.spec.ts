import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadJsonError } from './http.errors.js';
import { parseJsonBody } from './json-body.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a JSON body', () => {
  it.each([
    ['{"amount": 10.99, "list": [1, {"a": null}], "text": "x"}', { amount: 10.99, list: [1, { a: null }], text: 'x' }],
    ['[]', []],
    ['"text"', 'text'],
    ['null', null],
    [' {} \n', {}],
  ])('%j is what it says', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it('that is empty is no body', () => {
    expect(parse('')).toBeUndefined();
  });

  it.each([
    '{',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{} {}',
    'NaN',
    '01',
    '+1',
    '.5',
    '// x\n{}',
    ' ',
    '\ufeff{}',
    '{"a":"\n"}',
    '\0',
  ])('%j is not JSON', (text) => {
    expect(() => parse(text)).toThrow(new BadJsonError('not JSON'));
  });

  it('in bytes that are not UTF-8 is refused, for its text would be another', () => {
    for (const bytes of [
      [0xff, 0xfe],
      [0xc3, 0x28],
      [0xed, 0xa0, 0x80],
      [0xc0, 0x80],
      [0xe2, 0x82],
    ])
      expect(() => parseJsonBody(Buffer.from([0x22, ...bytes, 0x22]))).toThrow(new BadJsonError('not UTF-8'));
    expect(parse('"naïve 💳"')).toBe('naïve 💳');
  });

  it('may be 16 levels deep, and no deeper, however deep it is', () => {
    expect(parse(nested(16))).toBeInstanceOf(Array);
    for (const text of [nested(17), '['.repeat(16_000), '{"a":'.repeat(3_000)])
      expect(() => parse(text)).toThrow(new BadJsonError('nested deeper than 16 levels'));
    expect(parse(`{"a":"${'['.repeat(99)}"}`)).toEqual({ a: '['.repeat(99) });
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":{"c":1,"c":2}}',
    '[{"a":1},{"b":1,"b":1}]',
    '{"a":1,"\\u0061":2}',
    '{"a":{"x":[{}]},"a" : 2}',
    '{"\\"":1,"\\"":2}',
    '{"":1,"":2}',
  ])('%s names a field twice', (text) => {
    expect(() => parse(text)).toThrow(new BadJsonError('a field is there twice'));
  });

  it.each([
    ['{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}'],
    ['{"a":"a","b":"\\"a\\":","c":"{\\"a\\":1,\\"a\\":2}"}'],
    ['{"a":["a","a","b"],"b":"{"}'],
    ['{"a\\\\":1,"a":2}'],
  ])('%s names no field twice', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each(['__proto__', '\\u005f_proto__', 'constructor', 'prototype'])(
    'may not have a field %s, at any depth',
    (name) => {
      for (const text of [`{"${name}":{"polluted":true}}`, `{"a":[{"${name}":1}]}`])
        expect(() => parse(text)).toThrow(new BadJsonError('a field name that is not allowed'));
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      expect(parse(`{"a":"${name}"}`)).toEqual(JSON.parse(`{"a":"${name}"}`));
    },
  );

  it('is never repeated in a refusal', () => {
    for (const text of ['{"canary"', '{"canary":1,"canary":2}', `${'{"canary":'.repeat(17)}1`]) {
      expect(() => parse(text)).toThrow(BadJsonError);
      expect(() => parse(text)).not.toThrow('canary');
    }
  });

  it('comes back whole, whatever it is', () => {
    const body = fc.json({ maxDepth: 6, noUnicodeString: false });
    fc.assert(
      fc.property(body, (text) => {
        fc.pre(!/__proto__|constructor|prototype/.test(text));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('that is cut short or broken anywhere is refused or read, and never a fault', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(200), fc.string({ maxLength: 2 }), (text, at, junk) => {
        const broken = text.slice(0, at) + junk + text.slice(at + 1);
        try {
          parse(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(BadJsonError);
        }
      }),
    );
  });
});
