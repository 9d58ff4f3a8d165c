import { useState } from 'react';
import type { Terminal } from '#terminal-sdk';
import { useKeys } from '../device/keys.js';
import { Problem, Screen } from '../device/screen.js';
import { useTexts } from '../texts/language.js';

export function LogOutButton({ onPress }: { readonly onPress: () => void }) {
  const { actions } = useTexts();
  return (
    <button type="button" className="secondary" onClick={onPress}>
      {actions.logOut}
    </button>
  );
}

interface LogOutProps {
  readonly terminal: Terminal;
  readonly onBack: () => void;
}

/** Asks first: until somebody logs in again, no payment is taken. */
export function LogOut({ terminal, onBack }: LogOutProps) {
  const texts = useTexts();
  const [step, setStep] = useState<'asks' | 'busy' | 'failed'>('asks');
  const logOut = async (): Promise<void> => {
    setStep('busy');
    try {
      await terminal.logOut();
      onBack();
    } catch {
      setStep('failed');
    }
  };
  useKeys({ enter: () => void logOut(), cancel: onBack });
  const actions = (
    <>
      <button type="button" className="primary" disabled={step === 'busy'} onClick={() => void logOut()}>
        {texts.actions.logOut}
      </button>
      <button type="button" className="secondary" onClick={onBack}>
        {texts.actions.back}
      </button>
    </>
  );
  return (
    <Screen name="log-out" title={texts.actions.logOut} text={texts.options.logOutText} actions={actions}>
      {step === 'failed' ? <Problem text={texts.options.logOutFailed} /> : null}
    </Screen>
  );
}
