import { describe, expect, it } from '@jest/globals';
import { KeyDesk, keyOf } from './keys.js';

describe('the keys', () => {
  it('belong to the screen that came last, and go back to the one before', () => {
    const pressed: string[] = [];
    const desk = new KeyDesk();
    const says = (what: string) => ({ actions: { enter: () => pressed.push(what) } });
    desk.take(says('below'));
    const stepBack = desk.take(says('in front'));
    desk.press('enter');
    stepBack();
    desk.press('enter');
    expect(pressed).toEqual(['in front', 'below']);
  });

  it('say whether anybody cared', () => {
    const desk = new KeyDesk();
    expect(desk.press('enter')).toBe(false);
    desk.take({ actions: { digit: () => undefined } });
    expect([desk.press('7'), desk.press('enter'), desk.press('cancel')]).toEqual([true, false, false]);
  });

  it.each([
    ['Enter', 'enter'],
    ['Escape', 'cancel'],
    ['Backspace', 'clear'],
    ['0', '0'],
    ['a', null],
    ['F1', null],
  ])('%s of a computer is %s', (name, key) => {
    expect(keyOf(name)).toBe(key);
  });
});
