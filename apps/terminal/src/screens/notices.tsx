import { useState, type ReactNode } from 'react';
import type { Terminal } from '#terminal-sdk';
import { BadIcon, CalmIcon, LockIcon } from '../device/icons.js';
import { useKeys } from '../device/keys.js';
import { Screen, type ScreenName, Wait } from '../device/screen.js';
import { useTexts } from '../texts/language.js';
import { LogIn } from './log-in.js';

interface NoticeProps {
  readonly name: ScreenName;
  readonly icon?: ReactNode;
  readonly tone?: 'bad';
  readonly action?: { readonly name: string; readonly act: () => void };
}

const wordsOf = {
  locked: 'locked',
  retired: 'retired',
  'update-required': 'updateRequired',
  'out-of-order': 'outOfOrder',
  starting: 'starting',
  off: 'off',
  elsewhere: 'elsewhere',
  unable: 'unable',
  'logged-out': 'loggedOut',
} as const;
type NoticeName = keyof typeof wordsOf;

/** A screen that only says something, with one way on at most. */
export function Notice({ name, icon, tone, action }: NoticeProps & { readonly name: NoticeName }) {
  const { title, text } = useTexts()[wordsOf[name]];
  useKeys(action ? { enter: action.act } : {});
  const button = action ? (
    <button type="button" className="primary" onClick={action.act}>
      {action.name}
    </button>
  ) : undefined;
  return <Screen name={name} title={title} text={text} icon={icon} tone={tone} actions={button} />;
}

export const Locked = () => <Notice name="locked" icon={<LockIcon />} />;
export const Retired = () => <Notice name="retired" icon={<CalmIcon />} />;
export const Starting = () => <Notice name="starting" icon={<Wait />} />;

export function OutOfOrder({ onPowerCycle }: { readonly onPowerCycle: () => void }) {
  const { actions } = useTexts();
  const action = { name: actions.restart, act: onPowerCycle };
  return <Notice name="out-of-order" icon={<BadIcon />} tone="bad" action={action} />;
}

export function UpdateRequired() {
  const { actions } = useTexts();
  const reload = (): void => {
    location.reload();
  };
  return <Notice name="update-required" icon={<CalmIcon />} action={{ name: actions.reload, act: reload }} />;
}

export function LoggedOut({ terminal }: { readonly terminal: Terminal }) {
  const { actions } = useTexts();
  const [isNext, setNext] = useState(false);
  const logIn = (): void => {
    setNext(true);
  };
  if (isNext) return <LogIn terminal={terminal} />;
  return <Notice name="logged-out" icon={<CalmIcon />} action={{ name: actions.logIn, act: logIn }} />;
}
