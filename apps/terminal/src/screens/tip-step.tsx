import { useState } from 'react';
import { useKeys } from '../device/keys.js';
import { moneyText, percentText } from '../device/numbers.js';
import { Screen } from '../device/screen.js';
import { useTexts } from '../texts/language.js';
import type { Request } from './request.js';

interface TipStepProps {
  readonly request: Request;
  /** Minor units. */
  readonly onTip: (tip: number) => void;
  readonly onCancel: () => void;
}

const mostDigits = 6;

export function TipStep({ request, onTip, onCancel }: TipStepProps) {
  const texts = useTexts();
  const { amount, currency, tipping } = request;
  /** Cents as they are keyed in; null: a percentage is chosen. */
  const [keyed, setKeyed] = useState<number | null>(null);
  const money = (minor: number): string => moneyText(minor, currency, texts.locale);
  useKeys(
    keyed === null
      ? { cancel: onCancel }
      : {
          digit: (digit) => {
            setKeyed((before) => Number(`${before ?? 0}${digit}`.slice(0, mostDigits)));
          },
          clear: () => {
            setKeyed((before) => Math.floor((before ?? 0) / 10));
          },
          cancel: () => {
            setKeyed(null);
          },
          enter: () => {
            onTip(keyed);
          },
        },
  );
  const choices = (tipping?.percentages ?? []).map((percent) => ({
    percent,
    tip: Math.round((amount * percent) / 100),
  }));
  const back = (
    <button
      type="button"
      className="secondary"
      onClick={
        keyed === null
          ? onCancel
          : () => {
              setKeyed(null);
            }
      }
    >
      {keyed === null ? texts.actions.cancel : texts.actions.back}
    </button>
  );
  return (
    <Screen
      name="tip"
      title={texts.payment.tipTitle}
      text={keyed === null ? undefined : texts.payment.otherTip}
      say={money(amount)}
      actions={back}
    >
      {keyed === null ? (
        <>
          <p className="small">{texts.payment.amount}</p>
          <p className="amount">{money(amount)}</p>
          <div className="tips">
            <div className="tip-shares">
              {choices.map(({ percent, tip }) => (
                <TipButton
                  key={percent}
                  name={percentText(percent, texts.locale)}
                  text={money(tip)}
                  act={onTip}
                  tip={tip}
                />
              ))}
            </div>
            <TipButton name={texts.payment.noTip} act={onTip} tip={0} />
            <TipButton name={texts.payment.otherAmount} act={setKeyed} tip={0} />
          </div>
        </>
      ) : (
        <p className="amount">{money(keyed)}</p>
      )}
    </Screen>
  );
}

interface TipButtonProps {
  readonly name: string;
  readonly text?: string;
  readonly tip: number;
  readonly act: (tip: number) => void;
}

const TipButton = ({ name, text, tip, act }: TipButtonProps) => (
  <button
    type="button"
    className="tile"
    onClick={() => {
      act(tip);
    }}
  >
    <strong>{name}</strong>
    {text === undefined ? null : <span>{text}</span>}
  </button>
);
