import { describe, expect, it } from '@jest/globals';
import { ReconnectPolicy } from './reconnect-policy.js';

const highest = () => 1;
const waits = (policy: ReconnectPolicy, code: number, times: number, readyForMs = 0) =>
  Array.from({ length: times }, () => {
    const after = policy.afterClose(code, readyForMs, null);
    return after.then === 'reconnect' ? after.afterMs : after.then;
  });

describe('the wait before the next connection', () => {
  it('doubles with each failure, up to a minute', () => {
    expect(waits(new ReconnectPolicy(highest), 1006, 8)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });

  it('is anything between nothing and that, so that terminals do not come back all at once', () => {
    expect(waits(new ReconnectPolicy(() => 0), 1006, 3)).toEqual([0, 0, 0]);
    expect(waits(new ReconnectPolicy(() => 0.5), 1006, 3)).toEqual([500, 1_000, 2_000]);
  });

  it('starts from the first again only after a connection that was good for a minute', () => {
    const policy = new ReconnectPolicy(highest);
    waits(policy, 1006, 3);
    expect(waits(policy, 1006, 1, 59_999)).toEqual([8_000]);
    expect(waits(policy, 1006, 2, 60_000)).toEqual([1_000, 1_000]);
  });

  it('stays a minute after more failures than a number holds', () => {
    const policy = new ReconnectPolicy(highest);
    expect(waits(policy, 1006, 1_100).at(-1)).toBe(60_000);
  });

  it.each([1002, 1007, 1008, 1009, 4400])('is long from the beginning after a fault of the protocol (%d)', (code) => {
    expect(waits(new ReconnectPolicy(highest), code, 2)).toEqual([16_000, 32_000]);
  });

  it.each([1000, 1001, 1006, 4000, 4408])('follows the policy after %d', (code) => {
    expect(waits(new ReconnectPolicy(highest), code, 1)).toEqual([1_000]);
  });

  it('is thirty seconds and the policy after another connection took over', () => {
    expect(waits(new ReconnectPolicy(highest), 4409, 2)).toEqual([31_000, 32_000]);
  });

  it.each([4429, 4503])('is spread over twenty seconds after %d, unless the platform names one', (code) => {
    const policy = new ReconnectPolicy(highest);
    expect(policy.afterClose(code, 0, null)).toEqual({ then: 'reconnect', afterMs: 20_000 });
    expect(policy.afterClose(code, 0, 3_000)).toEqual({ then: 'reconnect', afterMs: 3_000 });
  });

  it('is the one that the platform named with an ordinary close', () => {
    expect(new ReconnectPolicy(highest).afterClose(1000, 0, 7_000)).toEqual({ then: 'reconnect', afterMs: 7_000 });
  });
});

describe('a connection that must not be tried again as it is', () => {
  it.each([
    [4401, { then: 'renew' }],
    [4403, { then: 'stop', reason: 'forbidden' }],
    [4406, { then: 'stop', reason: 'update_required' }],
  ])('ends otherwise (%d)', (code, after) => {
    expect(new ReconnectPolicy(highest).afterClose(code, 0, 1_000)).toEqual(after);
  });
});
