import { useEffect, useState } from 'react';
import type { Terminal } from '#terminal-sdk';
import { GoodIcon } from '../device/icons.js';
import { Problem, Screen, Wait } from '../device/screen.js';
import { useTexts } from '../texts/language.js';
import { refusalText } from './refusal.js';
import { useKeys } from '../device/keys.js';

/** Long enough to be read. */
const shownMs = 1_200;

interface NetworkStepProps {
  readonly setUp: Terminal['setUp'];
  readonly onDone: (done: true) => void;
}

export function NetworkStep({ setUp, onDone }: NetworkStepProps) {
  const texts = useTexts();
  const { network } = texts.setUp;
  const [attempt, setAttempt] = useState(1);
  const [found, setFound] = useState<'nothing' | 'good' | { readonly error: unknown }>('nothing');
  useEffect(() => {
    let leaving: ReturnType<typeof setTimeout> | undefined;
    let isShown = true;
    const check = async (): Promise<void> => {
      await setUp.register();
      await setUp.checkNetwork();
      if (!isShown) return;
      setFound('good');
      leaving = setTimeout(onDone, shownMs, true);
    };
    check().catch((error: unknown) => {
      if (isShown) setFound({ error });
    });
    return () => {
      isShown = false;
      clearTimeout(leaving);
    };
  }, [setUp, onDone, attempt]);
  const again = (): void => {
    setFound('nothing');
    setAttempt(attempt + 1);
  };
  const failed = typeof found === 'object' ? found : null;
  useKeys(failed ? { enter: again } : {});
  const button = (
    <button type="button" className="primary" onClick={again}>
      {texts.actions.tryAgain}
    </button>
  );
  return (
    <Screen
      name="network"
      title={network.title}
      text={found === 'good' ? network.done : failed ? network.failed : network.text}
      tone={found === 'good' ? 'good' : 'calm'}
      icon={found === 'good' ? <GoodIcon /> : failed ? undefined : <Wait />}
      actions={failed ? button : undefined}
    >
      {failed ? <Problem text={refusalText(texts, failed.error)} /> : null}
    </Screen>
  );
}
