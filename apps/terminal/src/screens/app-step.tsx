import { useEffect, useState } from 'react';
import type { Terminal } from '#terminal-sdk';
import { useKeys } from '../device/keys.js';
import { Problem, Screen } from '../device/screen.js';
import { appVersion } from '../slot/slot.js';
import { useTexts } from '../texts/language.js';
import { refusalText } from './refusal.js';

const installMs = 1_600;
const frameMs = 80;

/** The app is here already, as it is this page: the bar shows what a device that downloads it would show. */
export function AppStep({ setUp }: { readonly setUp: Terminal['setUp'] }) {
  const texts = useTexts();
  const { app } = texts.setUp;
  const [percent, setPercent] = useState(0);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  const isWhole = percent >= 100;
  useEffect(() => {
    if (isWhole) return;
    const growing = setInterval(() => {
      setPercent((now) => Math.min(100, now + (100 * frameMs) / installMs));
    }, frameMs);
    return () => {
      clearInterval(growing);
    };
  }, [isWhole]);
  useEffect(() => {
    if (!isWhole) return;
    let isShown = true;
    installed(setUp).catch((error: unknown) => {
      if (isShown) setFailure({ error });
    });
    return () => {
      isShown = false;
    };
  }, [isWhole, setUp]);
  const again = (): void => {
    setFailure(null);
    setPercent(0);
  };
  useKeys(failure ? { enter: again } : {});
  const button = (
    <button type="button" className="primary" onClick={again}>
      {texts.actions.tryAgain}
    </button>
  );
  return (
    <Screen name="app" title={app.title} text={failure ? app.failed : app.text} actions={failure ? button : undefined}>
      {failure ? <Problem text={refusalText(texts, failure.error)} /> : <Progress percent={percent} name={app.title} />}
      <p className="small">{app.version(appVersion)}</p>
    </Screen>
  );
}

const Progress = ({ percent, name }: { readonly percent: number; readonly name: string }) => (
  <progress className="progress" max={100} value={percent} aria-label={name} />
);

/** The platform forgets a terminal that nobody bound for a day: it says first who it is. */
async function installed(setUp: Terminal['setUp']): Promise<void> {
  await setUp.register();
  await setUp.installApp();
}
