import { useEffect, useRef, useState } from 'react';
import type { EntryMode, Terminal, TerminalState } from '#terminal-sdk';
import { type TestCard, wallet } from '../slot/test-cards.js';
import { CardStep } from './card-step.js';
import { PinStep } from './pin-step.js';
import type { Request } from './request.js';
import { TipStep } from './tip-step.js';

interface PaymentProps {
  readonly terminal: Terminal;
  readonly state: TerminalState;
  readonly request: Request;
  /** Minor units: chosen before an attempt that did not start; null: not asked for yet. */
  readonly chosenTip: number | null;
}

/** What a reader does with a card in its own time. */
const readingMs = 500;

/** The prompt: first the tip, where one is asked for, then the card, then the PIN of a card that was inserted. */
export function Payment({ terminal, state, request, chosenTip }: PaymentProps) {
  const asksTip = request.kind === 'purchase' && request.tipping !== null;
  const [tip, setTip] = useState<number | null>(asksTip ? chosenTip : 0);
  const [chosen, setChosen] = useState<TestCard>(() => cardFor(request));
  const [step, setStep] = useState<'card' | 'reading' | 'unreadable' | 'pin'>('card');
  const reading = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What is off the screen reads no card.
  useEffect(
    () => () => {
      clearTimeout(reading.current);
    },
    [],
  );
  const pay = (entryMode: EntryMode): void => {
    setStep('card');
    void terminal.presentCard({ paymentId: request.paymentId, card: chosen.card, entryMode, tip: tip ?? 0 });
  };
  const present = (entryMode: EntryMode): void => {
    setStep('reading');
    reading.current = setTimeout(() => {
      if (chosen.behaviour === 'unreadable') setStep('unreadable');
      else if (entryMode === 'insert') setStep('pin');
      else pay(entryMode);
    }, readingMs);
  };
  const cancel = (): void => void terminal.cancelPayment(request.paymentId, 'customer');
  if (tip === null) return <TipStep request={request} onTip={setTip} onCancel={cancel} />;
  if (step === 'pin')
    return (
      <PinStep
        request={request}
        tip={tip}
        onEntered={() => {
          pay('insert');
        }}
        onCancel={cancel}
      />
    );
  return (
    <CardStep {...{ request, tip, state, chosen, step, onCancel: cancel }} onChoose={setChosen} onPresent={present} />
  );
}

/** A refund goes back to the card that was charged: that one lies on top. */
function cardFor({ original }: Request): TestCard {
  return wallet.find(({ card }) => card.token === original?.cardToken) ?? wallet[0];
}
