import { type SubmitEvent, useState } from 'react';
import type { Binding, Terminal } from '#terminal-sdk';
import { PlatformRefusal } from '#terminal-sdk';
import { useKeys } from '../device/keys.js';
import { Problem, Screen } from '../device/screen.js';
import { useTexts } from '../texts/language.js';
import { Field } from './field.js';
import { refusalText } from './refusal.js';

interface AccountStepProps {
  readonly setUp: Terminal['setUp'];
  /** Filled in by the link that opened the page; empty: none. */
  readonly setUpCode: string;
}

/** By a set-up code or by somebody who may. Whoever binds is not logged in by it. */
export function AccountStep({ setUp, setUpCode }: AccountStepProps) {
  const texts = useTexts();
  const { account } = texts.setUp;
  const [by, setBy] = useState<'code' | 'password'>('code');
  const [entered, setEntered] = useState({ code: setUpCode, email: '', password: '' });
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const bind = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await bindAgainIfKnown(setUp, by === 'code' ? { setupCode: entered.code.trim() } : emailOf(entered));
    } catch (error) {
      setProblem(
        error instanceof PlatformRefusal && error.status === 400 && by === 'code'
          ? texts.refusals.invalid_setup_code
          : refusalText(texts, error),
      );
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isBusy) void bind();
  };
  const enter = (): void => {
    if (!isBusy) void bind();
  };
  useKeys({ enter });
  const change = (name: keyof typeof entered) => (value: string) => {
    setEntered({ ...entered, [name]: value });
  };
  const choose = (way: typeof by) => () => {
    setBy(way);
    setProblem(null);
  };
  return (
    <Screen name="account" title={account.title} text={account.text}>
      <div className="choice" role="group" aria-label={account.text}>
        <button type="button" aria-pressed={by === 'code'} onClick={choose('code')}>
          {account.byCode}
        </button>
        <button type="button" aria-pressed={by === 'password'} onClick={choose('password')}>
          {account.byPassword}
        </button>
      </div>
      <form onSubmit={submit} className="form">
        {by === 'code' ? (
          <Field
            kind="code"
            label={account.code}
            hint={problem === null ? account.codeHint : undefined}
            value={entered.code}
            isWrong={problem !== null}
            onChange={change('code')}
          />
        ) : (
          <>
            <Field kind="email" label={account.email} value={entered.email} onChange={change('email')} />
            <Field kind="password" label={account.password} value={entered.password} onChange={change('password')} />
          </>
        )}
        {problem === null ? null : <Problem text={problem} />}
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? account.binding : texts.actions.bind}
        </button>
      </form>
    </Screen>
  );
}

const emailOf = ({ email, password }: { email: string; password: string }): Binding => ({ email, password });

/** A set-up code also lets this terminal's new key stand for it where the platform knows an older one. */
async function bindAgainIfKnown(setUp: Terminal['setUp'], binding: Binding): Promise<void> {
  try {
    await setUp.bindToAccount(binding);
  } catch (error) {
    const isStranger = error instanceof PlatformRefusal && error.code === 'unknown_device';
    if (!isStranger) throw error;
    await setUp.complete(binding);
  }
}
