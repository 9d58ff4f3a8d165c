import { type SubmitEvent, useState } from 'react';
import type { Credentials, Terminal } from '#terminal-sdk';
import { PlatformRefusal } from '#terminal-sdk';
import { LockIcon } from '../device/icons.js';
import { useKeys } from '../device/keys.js';
import { waitText } from '../device/money.js';
import { Problem, Screen } from '../device/screen.js';
import { useSecondsUntil } from '../device/use-now.js';
import { useTexts } from '../texts/language.js';
import type { Texts } from '../texts/texts.js';
import { Field } from './field.js';
import { PinDots } from './pin-dots.js';
import { lockedOutUntil, refusalText } from './refusal.js';

const longestPin = 10;

/** With the PIN, or with e-mail address and password. */
export function LogIn({ terminal }: { readonly terminal: Terminal }) {
  const texts = useTexts();
  const [by, setBy] = useState<'pin' | 'password'>('pin');
  const [problem, setProblem] = useState<string | null>(null);
  const [lockedUntil, setLockedUntil] = useState<number | null>(null);
  const logIn = async (credentials: Credentials): Promise<void> => {
    setProblem(null);
    try {
      await terminal.logIn(credentials);
    } catch (error) {
      setLockedUntil(lockedOutUntil(error));
      setProblem(problemOf(texts, error, 'pin' in credentials));
    }
  };
  const turnTo = (way: typeof by) => () => {
    setBy(way);
    setProblem(null);
  };
  const unlock = (): void => {
    setLockedUntil(null);
    setProblem(null);
  };
  if (lockedUntil !== null) return <LockedOut until={lockedUntil} onOver={unlock} />;
  if (by === 'pin') return <ByPin problem={problem} logIn={logIn} onOther={turnTo('password')} />;
  return <ByPassword problem={problem} logIn={logIn} onOther={turnTo('pin')} />;
}

function problemOf(texts: Texts, error: unknown, byPin: boolean): string {
  const isWrong = error instanceof PlatformRefusal && (error.code === 'invalid_credentials' || error.status === 400);
  if (isWrong) return byPin ? texts.logIn.wrongPin : texts.logIn.wrongPassword;
  return refusalText(texts, error);
}

interface WayProps {
  readonly problem: string | null;
  readonly logIn: (credentials: Credentials) => Promise<void>;
  readonly onOther: () => void;
}

function ByPin({ problem, logIn, onOther }: WayProps) {
  const { logIn: texts } = useTexts();
  const [pin, setPin] = useState('');
  const [isBusy, setBusy] = useState(false);
  const enter = async (): Promise<void> => {
    if (pin === '' || isBusy) return;
    setBusy(true);
    await logIn({ pin });
    setPin('');
    setBusy(false);
  };
  useKeys({
    digit: (digit) => {
      setPin((before) => (before + digit).slice(0, longestPin));
    },
    clear: () => {
      setPin((before) => before.slice(0, -1));
    },
    cancel: () => {
      setPin('');
    },
    enter: () => void enter(),
  });
  const other = (
    <button type="button" className="quiet" onClick={onOther}>
      {texts.byPassword}
    </button>
  );
  return (
    <Screen name="log-in" title={texts.title} text={isBusy ? texts.checking : texts.pin} actions={other}>
      <PinDots count={pin.length} />
      {problem === null ? null : <Problem text={problem} />}
    </Screen>
  );
}

function ByPassword({ problem, logIn, onOther }: WayProps) {
  const texts = useTexts();
  const [entered, setEntered] = useState({ email: '', password: '' });
  const [isBusy, setBusy] = useState(false);
  const enter = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    await logIn(entered);
    setBusy(false);
  };
  useKeys({ enter: () => void enter(), cancel: onOther });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void enter();
  };
  const change = (name: keyof typeof entered) => (value: string) => {
    setEntered({ ...entered, [name]: value });
  };
  const other = (
    <button type="button" className="quiet" onClick={onOther}>
      {texts.logIn.byPin}
    </button>
  );
  const { account } = texts.setUp;
  return (
    <Screen name="log-in-email" title={texts.logIn.title} actions={other}>
      <form onSubmit={submit} className="form">
        <Field kind="email" label={account.email} value={entered.email} onChange={change('email')} />
        <Field kind="password" label={account.password} value={entered.password} onChange={change('password')} />
        {problem === null ? null : <Problem text={problem} />}
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? texts.logIn.checking : texts.actions.logIn}
        </button>
      </form>
    </Screen>
  );
}

function LockedOut({ until, onOver }: { readonly until: number; readonly onOver: () => void }) {
  const texts = useTexts();
  const { lockedOut } = texts.logIn;
  const seconds = useSecondsUntil(until);
  useKeys({});
  const again = (
    <button type="button" className="primary" disabled={seconds > 0} onClick={onOver}>
      {texts.actions.tryAgain}
    </button>
  );
  return (
    <Screen name="locked-out" title={lockedOut.title} text={lockedOut.text} icon={<LockIcon />} actions={again}>
      <p className="countdown">{lockedOut.wait(waitText(seconds))}</p>
    </Screen>
  );
}
