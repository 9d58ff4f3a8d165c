import { createContext, use, useEffect, useRef } from 'react';

export type Key = 'cancel' | 'clear' | 'enter' | `${Digit}`;
type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export const digits: readonly `${Digit}`[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** What the screen in front does with the keys; a key that it does not name does nothing. */
export interface KeyActions {
  readonly digit?: (digit: string) => void;
  readonly cancel?: () => void;
  readonly clear?: () => void;
  readonly enter?: () => void;
}

/** Hands the keys of one device to the screen that came last. */
export class KeyDesk {
  private readonly screens: { readonly actions: KeyActions }[] = [];

  /** Gives the function with which the screen steps back. */
  take(screen: { readonly actions: KeyActions }): () => void {
    this.screens.push(screen);
    return () => {
      this.screens.splice(this.screens.indexOf(screen), 1);
    };
  }

  /** False when nobody cares for the key. */
  press(key: Key): boolean {
    const { digit, cancel, clear, enter } = this.screens.at(-1)?.actions ?? {};
    const act =
      { cancel, clear, enter }[key as 'cancel'] ??
      (digit && isDigit(key)
        ? () => {
            digit(key);
          }
        : undefined);
    act?.();
    return act !== undefined;
  }
}

const isDigit = (key: Key): boolean => /^\d$/.test(key);

/** What a key of the computer is on the keypad; null: none. */
export function keyOf(name: string): Key | null {
  if (name === 'Enter') return 'enter';
  if (name === 'Escape') return 'cancel';
  if (name === 'Backspace' || name === 'Delete') return 'clear';
  return digits.find((digit) => digit === name) ?? null;
}

export const KeysContext = createContext<KeyDesk>(new KeyDesk());

/** The keys are this screen's as long as it is shown. */
export function useKeys(actions: KeyActions): void {
  const desk = use(KeysContext);
  const screen = useRef({ actions });
  useEffect(() => {
    screen.current.actions = actions;
  });
  useEffect(() => desk.take(screen.current), [desk]);
}
