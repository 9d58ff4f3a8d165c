import { useState } from 'react';
import type { Terminal, TerminalState } from '#terminal-sdk';
import { BellIcon, GoodIcon } from '../device/icons.js';
import { useKeys } from '../device/keys.js';
import { Screen, Wait } from '../device/screen.js';
import { useSecondsUntil } from '../device/use-now.js';
import { useTexts } from '../texts/language.js';
import { LogOutButton } from './log-out.js';

export const CodeLarge = ({ code }: { readonly code: string }) => (
  <p className="code-large" aria-label={code.split('').join(' ')}>
    {code}
  </p>
);

export function Standalone({ onLogOut }: { readonly onLogOut: () => void }) {
  const { standalone } = useTexts();
  useKeys({});
  return (
    <Screen
      name="standalone"
      title={standalone.title}
      text={standalone.text}
      actions={<LogOutButton onPress={onLogOut} />}
    >
      <div className="note">
        <p>{standalone.how}</p>
        <ol>
          <li>{standalone.step1}</li>
          <li>{standalone.step2}</li>
        </ol>
      </div>
    </Screen>
  );
}

export function Registering() {
  const { registering } = useTexts();
  useKeys({});
  return <Screen name="registering" title={registering.title} text={registering.text} icon={<Wait />} />;
}

interface CodeProps {
  readonly terminal: Terminal;
  readonly state: TerminalState;
}

export function Code({ terminal, state }: CodeProps) {
  const texts = useTexts();
  const [isPressed, setPressed] = useState(false);
  const isNext = isPressed || state.continued;
  const press = (): void => {
    setPressed(true);
    terminal.pressContinue();
  };
  useKeys({ enter: press });
  const button = (
    <button type="button" className="primary" onClick={press}>
      {texts.actions.continue}
    </button>
  );
  const code = state.code ?? '';
  const text = isNext ? texts.code.almost : texts.code.text;
  return (
    <Screen name="code" title={texts.code.title} text={text} say={code.split('').join(' ')} actions={button}>
      <CodeLarge code={code} />
    </Screen>
  );
}

export function Ready({ state }: { readonly state: TerminalState }) {
  const { ready } = useTexts();
  useKeys({});
  return (
    <Screen name="ready" title={ready.title} text={ready.text} tone="good" icon={<GoodIcon />}>
      <p className="account">{state.accountName}</p>
      <div className="code-tile">
        <span className="small">{ready.yourCode}</span>
        <CodeLarge code={state.code ?? ''} />
      </div>
    </Screen>
  );
}

export function Message({ text }: { readonly text: string }) {
  const { message } = useTexts();
  useKeys({});
  return (
    <Screen name="message" title={message.title} say={text}>
      <p className="big-text">{text}</p>
    </Screen>
  );
}

export function Ping({ message }: { readonly message: string }) {
  const { ping } = useTexts();
  useKeys({});
  return (
    <Screen name="ping" title={ping.title} say={message} icon={<BellIcon />}>
      <p className="big-text">{message}</p>
    </Screen>
  );
}

export function Offline({ state }: { readonly state: TerminalState }) {
  const { offline } = useTexts();
  useKeys({});
  // The first connection of a session is no trouble that one should hear of.
  const isConnecting = state.nextAttemptAt === null;
  return (
    <Screen
      name="offline"
      title={isConnecting ? offline.now : offline.title}
      text={isConnecting ? undefined : offline.text}
      icon={<Wait />}
    >
      <CodeLarge code={state.code ?? ''} />
      {isConnecting ? null : <NextAttempt at={state.nextAttemptAt} />}
    </Screen>
  );
}

export function NextAttempt({ at }: { readonly at: number | null }) {
  const { offline } = useTexts();
  const seconds = useSecondsUntil(at ?? 0);
  return <p className="countdown">{seconds > 0 ? offline.next(seconds) : offline.now}</p>;
}
