import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Check, eventProblems, eventSamples, frameProblems, frameSamples, manifestProblems } from './samples.js';

describe('the samples of what is sent', () => {
  it('show every event, and each can be read today', () => {
    expect(eventProblems(eventSamples)).toEqual([]);
  });

  it('show every frame of both sides, and each can be read today', () => {
    expect(frameProblems(frameSamples)).toEqual([]);
  });

  it.each([
    ['events', eventSamples],
    ['frames', frameSamples],
  ])('of %s are as they were when they were added', (_, samples) => {
    expect(manifestProblems(samples)).toEqual([]);
  });
});

describe('the check of the samples', () => {
  const copies: string[] = [];
  afterEach(() => {
    for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
  });

  /** The problems of a copy in which one file was changed; undefined: deleted. */
  function planted(check: Check, samples: string, file: string, edit: (text: string) => string | undefined): string[] {
    const copy = mkdtempSync(join(tmpdir(), 'tillgate-samples-'));
    copies.push(copy);
    cpSync(samples, copy, { recursive: true });
    const text = edit(readFileSync(join(copy, file), 'utf8'));
    if (text === undefined) rmSync(join(copy, file));
    else writeFileSync(join(copy, file), text);
    return check(copy);
  }

  const event = 'pairing/DeviceCodeAssigned.v1.json';
  const frame = 'payment.proceed.json';

  it.each<[string, Check, string, string, (text: string) => string | undefined, string]>([
    [
      'an event without a sample',
      eventProblems,
      eventSamples,
      event,
      () => undefined,
      'DeviceCodeAssigned: has no sample',
    ],
    [
      'an event that nobody knows',
      eventProblems,
      eventSamples,
      event,
      (text) => text.replace('"DeviceCodeAssigned"', '"DeviceCodeGuessed"'),
      'no contract has this name',
    ],
    [
      'an event in the wrong file',
      eventProblems,
      eventSamples,
      event,
      (text) => text.replace('"DeviceCodeAssigned"', '"DeviceUnpaired"'),
      'belongs to pairing/DeviceUnpaired.v1.json',
    ],
    [
      'an event that its contract cannot read any more',
      eventProblems,
      eventSamples,
      event,
      (text) => text.replace('"code"', '"deviceCode"'),
      'cannot be read any more',
    ],
    [
      'an event with a broken envelope',
      eventProblems,
      eventSamples,
      event,
      (text) => text.replace('"occurredAt"', '"at"'),
      'not an event',
    ],
    ['a frame without a sample', frameProblems, frameSamples, frame, () => undefined, 'payment.proceed: has no sample'],
    [
      'a frame that nobody knows',
      frameProblems,
      frameSamples,
      frame,
      (text) => text.replace('"payment.proceed"', '"payment.go"'),
      'not a message of terminal.v1',
    ],
    [
      'a frame in the wrong file',
      frameProblems,
      frameSamples,
      'lock.json',
      (text) => text.replace('"lock"', '"unlock"'),
      'lock.json: belongs to unlock.json',
    ],
    [
      'a frame with a field that it does not know',
      frameProblems,
      frameSamples,
      frame,
      (text) => text.replace('"amount"', '"tip": 0, "amount"'),
      'tip: not a field of this message',
    ],
    [
      'an edited sample',
      manifestProblems,
      frameSamples,
      frame,
      (text) => text.replace('1299', '1300'),
      'payment.proceed.json: was edited',
    ],
    ['a sample that is gone', manifestProblems, frameSamples, frame, () => undefined, 'payment.proceed.json: is gone'],
    [
      'a sample that is not in the manifest',
      manifestProblems,
      frameSamples,
      'SHA256SUMS',
      (text) => text.replace(/^.* payment\.proceed\.json\n/m, ''),
      'payment.proceed.json: is not in SHA256SUMS; add the line',
    ],
    [
      'a manifest without its rule',
      manifestProblems,
      frameSamples,
      'SHA256SUMS',
      (text) => text.replace(/^#.*\n/, ''),
      'begins with the rule',
    ],
  ])('finds %s', (_, check, samples, file, edit, problem) => {
    expect(planted(check, samples, file, edit)).toContainEqual(expect.stringContaining(problem));
  });
});
