import { useState } from 'react';
import { useKeys } from '../device/keys.js';
import { moneyText } from '../device/numbers.js';
import { Screen } from '../device/screen.js';
import { useTexts } from '../texts/language.js';
import type { Request } from './request.js';
import { PinDots } from './pin-dots.js';

interface PinStepProps {
  readonly request: Request;
  readonly tip: number;
  readonly onEntered: () => void;
  readonly onCancel: () => void;
}

const shortest = 4;
const longest = 6;

/** The PIN of a test card: only its length counts, and nothing of it is kept. */
export function PinStep({ request, tip, onEntered, onCancel }: PinStepProps) {
  const texts = useTexts();
  const [count, setCount] = useState(0);
  useKeys({
    digit: () => {
      setCount((before) => Math.min(longest, before + 1));
    },
    clear: () => {
      setCount((before) => Math.max(0, before - 1));
    },
    cancel: onCancel,
    enter: () => {
      if (count >= shortest) onEntered();
    },
  });
  return (
    <Screen
      name="pin"
      title={texts.payment.pinTitle}
      text={texts.payment.pinText}
      holdsCard
      actions={
        <button type="button" className="secondary" onClick={onCancel}>
          {texts.actions.cancel}
        </button>
      }
    >
      <p className="amount">{moneyText(request.amount + tip, request.currency, texts.locale)}</p>
      <PinDots count={count} />
    </Screen>
  );
}
