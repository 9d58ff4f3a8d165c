import { beforeEach, describe, expect, it } from '@jest/globals';
import { ServerClock } from './server-clock.js';

let steady: number;
let clock: ServerClock;
beforeEach(() => {
  steady = 5_000;
  clock = new ServerClock({ steady: () => steady, wall: () => Date.now() });
});

const noon = Date.parse('2030-01-01T12:00:00.000Z');

describe('the server time of a terminal', () => {
  it('is what the server said, and goes on by the terminal’s own steady clock', () => {
    clock.hear('2030-01-01T12:00:00.000Z');
    expect(clock.now()).toBe(noon);
    steady += 1_500;
    expect(clock.now()).toBe(noon + 1_500);
  });

  it('is the newest word of the server, also when that goes back', () => {
    clock.hear('2030-01-01T12:00:00.000Z');
    steady += 1_000;
    clock.hear('2030-01-01T11:00:00.000Z');
    expect(clock.now()).toBe(noon - 3_600_000);
  });

  it('is the wall clock’s until the server has said one', () => {
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(60_000);
  });
});

describe('a clock is fresh', () => {
  it('for a minute after the server’s word, and not before the first one', () => {
    expect(clock.isFresh).toBe(false);
    clock.hear('2030-01-01T12:00:00.000Z');
    expect(clock.isFresh).toBe(true);
    steady += 60_000;
    expect(clock.isFresh).toBe(true);
    steady += 1;
    expect(clock.isFresh).toBe(false);
  });
});
