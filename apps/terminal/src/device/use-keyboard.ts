import { type RefObject, useEffect, useRef } from 'react';
import { type KeyDesk, keyOf } from './keys.js';

const fields = 'input, select, textarea';
const pressed = 'button, a, summary';
const arrows: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The computer's keyboard works the device that was touched last; gives the place where its buttons are. */
export function useKeyboard(keys: KeyDesk, isActive: boolean): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isActive) return;
    const listen = (event: KeyboardEvent): void => {
      const isOther = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
      const { target } = event;
      if (isOther || !(target instanceof Element) || !place.current || target.closest('.panel')) return;
      if (!target.matches(fields) && handled(event, target, place.current, keys)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, [keys, isActive]);
  return place;
}

function handled({ key }: KeyboardEvent, target: Element, place: HTMLElement, keys: KeyDesk): boolean {
  // What can be scrolled is, once it has the focus.
  if (target.matches('.scroll') && (key === 'ArrowDown' || key === 'ArrowUp')) return false;
  const step = arrows[key];
  if (step !== undefined) return moveFocus(place, target, step);
  const pressedKey = keyOf(key);
  // A button that has the focus is what Enter presses.
  if (pressedKey === null || (pressedKey === 'enter' && target.matches(pressed))) return false;
  return keys.press(pressedKey);
}

function moveFocus(place: HTMLElement, from: Element, step: 1 | -1): boolean {
  const buttons = [...place.querySelectorAll<HTMLElement>('.display button:enabled, .display select')];
  if (buttons.length === 0) return false;
  const at = buttons.findIndex((button) => button === from);
  const next = at < 0 ? (step === 1 ? 0 : -1) : (at + step) % buttons.length;
  buttons.at(next)?.focus();
  return true;
}
