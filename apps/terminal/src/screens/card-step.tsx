import { type ReactNode, useId } from 'react';
import type { EntryMode, TerminalState } from '#terminal-sdk';
import { InsertIcon, SwipeIcon, TapIcon } from '../device/icons.js';
import { useKeys } from '../device/keys.js';
import { moneyText } from '../device/numbers.js';
import { Problem, Screen } from '../device/screen.js';
import { type TestCard, wallet } from '../slot/test-cards.js';
import { useTexts } from '../texts/language.js';
import type { Texts } from '../texts/texts.js';
import { NextAttempt } from './home.js';
import type { Request } from './request.js';

interface CardStepProps {
  readonly request: Request;
  readonly tip: number;
  readonly state: TerminalState;
  readonly chosen: TestCard;
  readonly step: 'card' | 'reading' | 'unreadable';
  readonly onChoose: (card: TestCard) => void;
  readonly onPresent: (entryMode: EntryMode) => void;
  readonly onCancel: () => void;
}

const ways: readonly (readonly [EntryMode, ReactNode])[] = [
  ['tap', <TapIcon key="tap" />],
  ['insert', <InsertIcon key="insert" />],
  ['swipe', <SwipeIcon key="swipe" />],
];

export function CardStep({ request, tip, state, chosen, step, onChoose, onPresent, onCancel }: CardStepProps) {
  const texts = useTexts();
  const { payment } = texts;
  const isRefund = request.kind === 'refund';
  const isReading = step === 'reading';
  const money = (minor: number): string => moneyText(minor, request.currency, texts.locale);
  const total = money(request.amount + tip);
  useKeys({ cancel: onCancel });
  const problem = problemOf(texts, step, state);
  const { original } = request;
  const ask = original ? payment.refundTo(original.cardNumber.slice(-4)) : payment.present;
  const prompt = isReading ? payment.reading : ask;
  const cancel = (
    <button type="button" className="secondary" onClick={onCancel}>
      {texts.actions.cancel}
    </button>
  );
  return (
    <Screen
      name={isReading ? 'reading' : isRefund ? 'refund' : 'payment'}
      title={isRefund ? payment.refund : tip > 0 ? payment.total : payment.amount}
      say={`${total}. ${prompt}`}
      actions={cancel}
    >
      <p className="amount">{total}</p>
      {tip > 0 ? (
        <p className="small">
          {money(request.amount)} + {payment.tip} {money(tip)}
        </p>
      ) : null}
      {request.description === null ? null : <p className="description">{request.description}</p>}
      {problem === null ? <p className="prompt">{prompt}</p> : <Problem text={problem} />}
      <div className="ways">
        {ways.map(([mode, icon]) => (
          <button
            key={mode}
            type="button"
            className="tile"
            disabled={isReading || !state.connected}
            onClick={() => {
              onPresent(mode);
            }}
          >
            {icon}
            {payment[mode]}
          </button>
        ))}
      </div>
      {state.connected ? (
        <Wallet chosen={chosen} isOff={isReading} onChoose={onChoose} />
      ) : (
        <NextAttempt at={state.nextAttemptAt} />
      )}
    </Screen>
  );
}

function problemOf({ payment }: Texts, step: CardStepProps['step'], state: TerminalState): string | null {
  if (!state.connected) return payment.noConnection;
  if (step === 'unreadable') return payment.unreadable;
  return step === 'card' && state.attempts > 0 ? payment.notStarted : null;
}

interface WalletProps {
  readonly chosen: TestCard;
  readonly isOff: boolean;
  readonly onChoose: (card: TestCard) => void;
}

function Wallet({ chosen, isOff, onChoose }: WalletProps) {
  const texts = useTexts();
  const id = useId();
  return (
    <div className="wallet">
      <label htmlFor={id}>{texts.payment.card}</label>
      <select
        id={id}
        disabled={isOff}
        value={chosen.id}
        onChange={({ target }) => {
          const card = wallet.find((one) => one.id === target.value);
          if (card) onChoose(card);
        }}
      >
        {wallet.map(({ id: value, brand, card, behaviour }) => (
          <option key={value} value={value}>
            {brand} {card.lastFour}: {texts.behaviours[behaviour]}
          </option>
        ))}
      </select>
    </div>
  );
}
