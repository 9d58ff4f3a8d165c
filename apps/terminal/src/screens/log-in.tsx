import { type SubmitEvent, useState } from 'react';
import type { Credentials, Terminal } from '#terminal-sdk';
import { PlatformRefusal } from '#terminal-sdk';
import { LockIcon } from '../device/icons.js';
import { useKeys } from '../device/keys.js';
import { waitText } from '../device/numbers.js';
import { Problem, Screen } from '../device/screen.js';
import { useSecondsUntil } from '../device/use-now.js';
import { useTexts } from '../texts/language.js';
import type { Texts } from '../texts/texts.js';
import { Field } from './field.js';
import { PinDots } from './pin-dots.js';
import { lockedOutUntil, refusalText } from './refusal.js';

const longestPin = 10;

type Way = 'pin' | 'password';
const otherThan = { pin: 'password', password: 'pin' } as const;

/** With the PIN, or with e-mail address and password. */
export function LogIn({ terminal }: { readonly terminal: Terminal }) {
  const texts = useTexts();
  const [by, setBy] = useState<Way>('pin');
  const [problem, setProblem] = useState<string | null>(null);
  const [lockedUntil, setLockedUntil] = useState<Readonly<Record<Way, number | null>>>({ pin: null, password: null });
  const logIn = async (credentials: Credentials): Promise<void> => {
    setProblem(null);
    try {
      await terminal.logIn(credentials);
    } catch (error) {
      setLockedUntil({ ...lockedUntil, [by]: lockedOutUntil(error) });
      setProblem(problemOf(texts, error, 'pin' in credentials));
    }
  };
  const onOther = (): void => {
    setBy(otherThan[by]);
    setProblem(null);
  };
  const unlock = (): void => {
    setLockedUntil({ ...lockedUntil, [by]: null });
    setProblem(null);
  };
  const until = lockedUntil[by];
  if (until !== null) return <LockedOut key={by} by={by} until={until} onOver={unlock} onOther={onOther} />;
  const props = { problem, logIn, onOther };
  return by === 'pin' ? <ByPin {...props} /> : <ByPassword {...props} />;
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

interface LockedOutProps {
  readonly by: Way;
  readonly until: number;
  readonly onOver: () => void;
  readonly onOther: () => void;
}

/** A PIN says nothing of whose it is, so who guesses locks the whole way; the other one stays open. */
function LockedOut({ by, until, onOver, onOther }: LockedOutProps) {
  const texts = useTexts();
  const { lockedOut } = texts.logIn;
  const seconds = useSecondsUntil(until);
  useKeys({});
  const again = (
    <>
      <button type="button" className="primary" disabled={seconds > 0} onClick={onOver}>
        {texts.actions.tryAgain}
      </button>
      <button type="button" className="quiet" onClick={onOther}>
        {by === 'pin' ? texts.logIn.byPassword : texts.logIn.byPin}
      </button>
    </>
  );
  return (
    <Screen name="locked-out" title={lockedOut.title} text={lockedOut.text} icon={<LockIcon />} actions={again}>
      <p className="countdown">{lockedOut.wait(waitText(seconds))}</p>
    </Screen>
  );
}
