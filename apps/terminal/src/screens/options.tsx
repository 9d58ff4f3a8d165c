import type { HeldPayment, Terminal, TerminalState } from '#terminal-sdk';
import { useKeys } from '../device/keys.js';
import { moneyText } from '../device/numbers.js';
import { Screen } from '../device/screen.js';
import { appVersion, model } from '../slot/slot.js';
import { languageNames, languages, useLanguage, useTexts } from '../texts/language.js';
import { LogOutButton } from './log-out.js';

const shownPayments = 8;

interface OptionsProps {
  readonly terminal: Terminal;
  readonly state: TerminalState;
  readonly roundTripMs: number | null;
  readonly onBack: () => void;
  readonly onLogOut: () => void;
}

export function Options({ terminal, state, roundTripMs, onBack, onLogOut }: OptionsProps) {
  const texts = useTexts();
  useKeys({ cancel: onBack, enter: onBack });
  const actions = (
    <>
      <button type="button" className="primary" onClick={onBack}>
        {texts.actions.back}
      </button>
      {state.mode === null ? null : <LogOutButton onPress={onLogOut} />}
    </>
  );
  return (
    <Screen name="options" title={texts.options.title} actions={actions}>
      <div className="scroll" tabIndex={0} role="group" aria-label={texts.options.title}>
        <LanguageChoice />
        <Facts state={state} roundTripMs={roundTripMs} />
        <h3>{texts.options.payments}</h3>
        <Payments payments={terminal.payments.slice(0, shownPayments)} />
      </div>
    </Screen>
  );
}

function LanguageChoice() {
  const texts = useTexts();
  const { language, speak } = useLanguage();
  return (
    <div className="choice" role="group" aria-label={texts.options.language}>
      {languageNames.map((name) => (
        <button
          key={name}
          type="button"
          lang={name}
          aria-pressed={name === language}
          onClick={() => {
            speak(name);
          }}
        >
          {languages[name].language}
        </button>
      ))}
    </div>
  );
}

function Facts({ state, roundTripMs }: Pick<OptionsProps, 'state' | 'roundTripMs'>) {
  const { options, status } = useTexts();
  const link = roundTripMs === null ? options.measuring : options.roundTrip(roundTripMs);
  const facts: readonly (readonly [string, string | null])[] = [
    [options.code, state.code],
    [options.name, state.deviceName],
    [options.account, state.accountName],
    [options.user, state.userName],
    [options.link, state.connected ? link : status.offline],
    [options.serialNumber, state.serialNumber],
    [options.model, model],
    [options.appVersion, appVersion],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** What the platform has without a result was never charged. */
const endOf = ({ stage, by }: Pick<HeldPayment, 'stage' | 'by'>) =>
  stage !== 'settled' ? stage : by === null ? 'notCharged' : 'cancelled';

function Payments({ payments }: { readonly payments: readonly HeldPayment[] }) {
  const { options, stages, locale, payment } = useTexts();
  if (payments.length === 0) return <p className="small">{options.noPayments}</p>;
  return (
    <ul className="journal">
      {payments.map(({ paymentId, request, result, chargedAmount, ...held }) => (
        <li key={paymentId}>
          <span>
            {moneyText(
              result?.amount ?? (chargedAmount || (request?.amount ?? 0)),
              request?.currency ?? result?.currency ?? 'CAD',
              locale,
            )}
            {request?.kind === 'refund' ? ` · ${payment.refund}` : ''}
          </span>
          <span className={`stage stage-${result?.outcome ?? held.stage}`}>
            {stages[result?.outcome ?? endOf(held)]}
          </span>
        </li>
      ))}
    </ul>
  );
}
