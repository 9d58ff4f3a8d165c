import type { HeldPayment, TerminalState } from '#terminal-sdk';
import { BadIcon, CalmIcon, GoodIcon } from '../device/icons.js';
import { useKeys } from '../device/keys.js';
import { moneyText } from '../device/numbers.js';
import { Screen, Wait } from '../device/screen.js';
import { useTexts } from '../texts/language.js';

type OutcomeShown = NonNullable<TerminalState['outcome']>;

/** @param held null: after a power cut, the card network is asked what became of a payment. */
export function Processing({ held }: { readonly held: HeldPayment | null | undefined }) {
  const { processing, locale } = useTexts();
  useKeys({});
  const { request, tip = 0 } = held ?? {};
  const isInserted = held?.entryMode === 'insert';
  const text = !request ? processing.recovering : isInserted ? processing.inserted : processing.text;
  return (
    <Screen name="processing" title={processing.title} text={text} icon={<Wait />} holdsCard={isInserted}>
      {request ? <p className="amount">{moneyText(request.amount + tip, request.currency, locale)}</p> : null}
    </Screen>
  );
}

type Kind = 'purchase' | 'refund';

interface EndProps {
  readonly outcome: OutcomeShown;
  readonly kind: Kind;
}

interface OutcomeProps extends EndProps {
  /** The card is still in the terminal. */
  readonly isInserted: boolean;
}

/** What the card network answered, for a moment. */
export function Outcome({ outcome, kind, isInserted }: OutcomeProps) {
  const { ends, declines, locale } = useTexts();
  useKeys({});
  const { result } = outcome;
  const amount = <p className="amount">{moneyText(result.amount, result.currency, locale)}</p>;
  const nothing = `${ends.nothing[kind]} ${ends.failed.again}`;
  if (result.outcome === 'failed')
    return (
      <Screen name="failed" title={ends.failed[kind]} text={nothing} tone="bad" icon={<BadIcon />}>
        {amount}
      </Screen>
    );
  if (result.outcome === 'declined') {
    const reason = result.declineReason ?? 'unknown';
    const text = reason in declines ? declines[reason as keyof typeof declines] : declines.unknown;
    return (
      <Screen name="declined" title={ends.declined} say={`${text} ${nothing}`} tone="bad" icon={<BadIcon />}>
        {amount}
        <p className="lead">{text}</p>
        <p className="small">{nothing}</p>
      </Screen>
    );
  }
  const title = kind === 'refund' ? ends.refunded : ends.approved;
  return (
    <Screen
      name="approved"
      title={title}
      text={isInserted ? ends.removeCard : ends.thanks}
      tone="good"
      icon={<GoodIcon />}
    >
      {amount}
      {result.approvalCode === null ? null : <p className="small">{ends.approvalCode(result.approvalCode)}</p>}
    </Screen>
  );
}

interface EndedProps {
  readonly ended: NonNullable<TerminalState['ended']>;
  readonly kind: Kind;
}

export function Ended({ ended, kind }: EndedProps) {
  const { cancelled, timedOut, nothing } = useTexts().ends;
  const withMoney = (text: string): string => `${text} ${nothing[kind]}`;
  useKeys({});
  if (ended.how === 'timed_out')
    return <Screen name="timed-out" title={timedOut.title} text={withMoney(timedOut.text)} icon={<CalmIcon />} />;
  return (
    <Screen
      name="cancelled"
      title={cancelled.title}
      text={withMoney(cancelled[ended.by ?? 'customer'])}
      icon={<CalmIcon />}
    />
  );
}
