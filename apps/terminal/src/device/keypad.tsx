import { use } from 'react';
import { useTexts } from '../texts/language.js';
import { digits, type Key, KeysContext } from './keys.js';

const marks = { cancel: '✕', clear: '<', enter: '●' } as const;

/** The hardware keys. They leave the focus where it is, as keys of a device do. `isDead`: nothing comes of pressing them. */
export function Keypad({ isDead }: { readonly isDead: boolean }) {
  const desk = use(KeysContext);
  const { keypad } = useTexts();
  const key = (name: Key, label: string, text: string) => (
    <button
      key={name}
      type="button"
      className={`key key-${name}`}
      aria-label={label}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={() => {
        desk.press(name);
      }}
    >
      {text}
    </button>
  );
  const [zero, ...others] = [...digits].reverse();
  return (
    <div className="keypad" inert={isDead} role="group" aria-label={keypad.name}>
      {others.reverse().map((digit) => key(digit, keypad.digit(digit), digit))}
      <span />
      {zero === undefined ? null : key(zero, keypad.digit(zero), zero)}
      <span />
      {(['cancel', 'clear', 'enter'] as const).map((name) => key(name, keypad[name], marks[name]))}
    </div>
  );
}
