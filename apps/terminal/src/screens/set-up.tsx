import { useState } from 'react';
import type { SetUpStep, Terminal } from '#terminal-sdk';
import { useKeys } from '../device/keys.js';
import { Screen } from '../device/screen.js';
import { useTexts } from '../texts/language.js';
import { AccountStep } from './account-step.js';
import { AppStep } from './app-step.js';
import { NetworkStep } from './network-step.js';

interface SetUpProps {
  readonly terminal: Terminal;
  readonly missing: readonly SetUpStep[];
  readonly setUpCode: string;
}

/** Leads through the steps that the platform still misses. */
export function SetUp({ terminal, missing, setUpCode }: SetUpProps) {
  const [begun, setBegun] = useState(false);
  const [networkShown, setNetworkShown] = useState(false);
  if (!begun && missing.includes('network')) return <Welcome onStart={setBegun} />;
  if (!networkShown && begun) return <NetworkStep setUp={terminal.setUp} onDone={setNetworkShown} />;
  if (missing.includes('app')) return <AppStep setUp={terminal.setUp} />;
  return <AccountStep setUp={terminal.setUp} setUpCode={setUpCode} />;
}

function Welcome({ onStart }: { readonly onStart: (started: true) => void }) {
  const texts = useTexts();
  const { welcome, steps } = texts.setUp;
  const start = (): void => {
    onStart(true);
  };
  useKeys({ enter: start });
  const button = (
    <button type="button" className="primary" onClick={start}>
      {texts.actions.start}
    </button>
  );
  return (
    <Screen name="welcome" title={welcome.title} text={welcome.text} actions={button}>
      <ol className="steps">
        {Object.values(steps).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Screen>
  );
}
