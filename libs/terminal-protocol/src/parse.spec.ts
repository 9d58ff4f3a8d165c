import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deviceFrame, limits, parseFrame, platformFrame } from './index.js';

const folder = new URL('../samples/', import.meta.url);
const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, unknown>);
const ofDevices = samples.filter((sample) => deviceFrame.safeParse(sample).success);
const id = '01a2095d-5000-7040-8ffd-5925d40e11c6';

const parse = (text: string) => parseFrame(deviceFrame, text);

describe('reading a frame', () => {
  it('gives back every frame as it was written', () => {
    expect(ofDevices.length).toBeGreaterThan(10);
    for (const sample of samples) {
      const schema = ofDevices.includes(sample) ? deviceFrame : platformFrame;
      expect(parseFrame(schema, JSON.stringify(sample))).toEqual({ ok: true, frame: sample });
    }
  });

  it('leaves out what a newer platform adds, but where it might change what is charged', () => {
    const ready = { type: 'ready', id, serverTime: '2026-11-28T12:00:00.000Z' };
    const read = (frame: object) => parseFrame(platformFrame, JSON.stringify({ ...frame, added: true }));
    expect(read(ready)).toEqual({ ok: true, frame: ready });
    expect(read({ type: 'payment.settled', id, paymentId: id })).toMatchObject({ ok: false, code: 'invalid_field' });
    expect(parse(`{"type":"continue","id":"${id}","added":true}`)).toMatchObject({ ok: false, code: 'invalid_field' });
  });

  it.each([
    ['text that is no JSON', '{"type":', 'not_json'],
    ['an empty text', '', 'not_json'],
    ['a list', '[]', 'not_json'],
    ['nothing', 'null', 'not_json'],
    ['two messages in one', '{}{}', 'not_json'],
    ['deep nesting', '['.repeat(200_000), 'too_deep'],
    [
      'deep nesting in a field',
      `{"type":"continue","id":"${id}","x":${'{"a":'.repeat(17)}1${'}'.repeat(17)}}`,
      'too_deep',
    ],
    ['no type', `{"id":"${id}"}`, 'no_type'],
    ['a type that is no text', `{"type":1,"id":"${id}"}`, 'no_type'],
    ['an unknown type', `{"type":"payment.go","id":"${id}"}`, 'unknown_type'],
    ['a type of the other side', `{"type":"payment.settled","id":"${id}","paymentId":"${id}"}`, 'unknown_type'],
    ['no id', '{"type":"continue"}', 'invalid_field'],
  ])('refuses %s', (_, text, code) => {
    expect(parse(text)).toMatchObject({ ok: false, code });
  });

  it.each([
    ['a NUL in a text', { type: 'heartbeat', screen: '\u0000', battery: null, network: null }],
    ['half a character in a text', { type: 'heartbeat', screen: 'ready', battery: null, network: '\ud800' }],
    ['an attempt that no column holds', { type: 'payment.not_started', paymentId: id, attempt: 2_147_483_648 }],
    [
      'a tip with which no sum is exact',
      { type: 'payment.begin', paymentId: id, attempt: 1, tip: 2 ** 53 - 1, entryMode: 'tap' },
    ],
  ])('refuses what a store could not take: %s', (_, frame) => {
    expect(parse(JSON.stringify({ ...frame, id }))).toMatchObject({ ok: false, code: 'invalid_field' });
  });

  it('counts brackets outside texts only', () => {
    const screen = '[{'.repeat(limits.depth);
    const heartbeat = { type: 'heartbeat', id, screen, battery: null, network: 'a "quoted" \\ [' };
    expect(parse(JSON.stringify(heartbeat))).toEqual({ ok: true, frame: heartbeat });
  });

  it('names the message that it refuses, when that has a readable id, and repeats nothing else of it', () => {
    expect(parse(`{"type":"payment.go","id":"${id}"}`)).toMatchObject({ of: id });
    expect(parse('{"type":"payment.go","id":"4111111111111111"}')).toMatchObject({ of: null });
  });

  it('names a field that it does not know, unless its name could be a value', () => {
    const with_ = (name: string) => JSON.stringify({ type: 'continue', id, [name]: 1 });
    expect(parse(with_('tip'))).toMatchObject({ code: 'invalid_field', message: 'tip: not a field of this message' });
    for (const name of ['4111111111111111', 'x'.repeat(5000), '', 'a b', '\u0000'])
      expect(parse(with_(name))).toMatchObject({ message: 'a field that this message does not have' });
    const inCard = { ...ofDevices.find(({ type }) => type === 'payment.result'), card: { expiry: '12/30' } };
    expect(parse(JSON.stringify(inCard))).toMatchObject({ message: expect.stringMatching(/^card\.\w+: /) });
  });

  it('names the message that it refuses only by an id that its own answer may carry', () => {
    const noUuid = `${id.slice(0, 19)}0${id.slice(20)}`;
    expect(parse(JSON.stringify({ type: 'continue', id: noUuid }))).toMatchObject({ ok: false, of: null });
    expect(parse(JSON.stringify({ type: 'continue', id, more: 1 }))).toMatchObject({ ok: false, of: id });
  });

  it('never throws, whatever the text', () => {
    const nearly = fc.constantFrom(...samples).map((sample) => JSON.stringify(sample));
    const damaged = fc.tuple(nearly, fc.nat(), fc.nat(40), fc.string()).map(([text, at, cut, put]) => {
      const place = at % text.length;
      return text.slice(0, place) + put + text.slice(place + cut);
    });
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json({ maxDepth: 20 }),
      damaged,
      fc.json().map((text) => `{"type":${text}}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parse(text);
        if (!parsed.ok) {
          expect(parsed.message).toMatch(/^.{1,200}$/);
          expect(
            platformFrame.safeParse({ type: 'error', id, code: parsed.code, message: parsed.message, of: parsed.of })
              .success,
          ).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('never takes a prototype for a field', () => {
    const parsed = parse(`{"type":"continue","id":"${id}","__proto__":{"admin":true}}`);
    expect(JSON.stringify(parsed)).not.toContain('admin');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('names the field that is wrong, and never repeats its value', () => {
    const canary = 'CANARY4111111111111111';
    const wrong = fc.constantFrom<unknown[]>(
      canary,
      canary.repeat(400),
      [canary],
      { [canary]: canary },
      41111111e30,
      -4111.5,
    );
    const places = ofDevices.flatMap((sample) =>
      Object.keys(sample).flatMap((field) => (field === 'type' ? [] : [{ sample, field }])),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), wrong, ({ sample, field }, value) => {
        const parsed = parse(JSON.stringify({ ...sample, [field]: value }));
        if (parsed.ok) return;
        expect(parsed.code).toBe('invalid_field');
        expect(parsed.message).toMatch(new RegExp(`^${field}(\\.[\\w.]+)?: `));
        expect(parsed.message).not.toMatch(/CANARY|4111/);
      }),
      { numRuns: 2000 },
    );
  });
});
