import { useCallback, useEffect, useState } from 'react';
import { Device } from '../device/device.js';
import type { Shown } from '../device/screen.js';
import { Panel } from '../panel/panel.js';
import type { Slot } from '../slot/slot.js';
import { firstLanguage, keepLanguage, type Language, LanguageContext, languages } from '../texts/language.js';
import { type Address, fragmentOf } from './address.js';

declare module 'react' {
  interface CSSProperties {
    /** How many terminals share the width. */
    '--count'?: number;
  }
}

interface PageProps {
  readonly slots: readonly Slot[];
  readonly address: Address;
}

/** The terminals side by side, and the fault panel of the one that was touched last. */
export function Page({ slots, address }: PageProps) {
  const [language, setLanguage] = useState(firstLanguage);
  const [active, setActive] = useState(slots[0]?.number);
  const { page } = languages[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = page.title;
  }, [language, page.title]);
  const speak = useCallback((next: Language) => {
    keepLanguage(next);
    setLanguage(next);
  }, []);
  const name = useCallback(
    (shown: Shown) => {
      history.replaceState(null, '', fragmentOf(slots.length, active ?? 1, shown.name));
    },
    [slots.length, active],
  );
  const inHand = slots.find(({ number }) => number === active);
  return (
    <LanguageContext value={{ language, speak }}>
      <h1 className="hidden">{page.title}</h1>
      <main className="counter" style={{ '--count': slots.length }}>
        {slots.map((slot) => (
          <Device
            key={slot.number}
            slot={slot}
            setUpCode={address.setUpCode}
            opensOptions={address.opensOptions && slot === slots[0]}
            isActive={slot.number === active}
            isOneOfMany={slots.length > 1}
            onActive={() => {
              setActive(slot.number);
            }}
            onShown={name}
          />
        ))}
      </main>
      {inHand ? <Panel key={inHand.number} slot={inHand} isOneOfMany={slots.length > 1} /> : null}
    </LanguageContext>
  );
}
