import { createContext, type ReactNode, use, useEffect } from 'react';

/** The URL fragments, a screen each. */
export type ScreenName =
  | 'welcome'
  | 'network'
  | 'app'
  | 'account'
  | 'log-in'
  | 'log-in-email'
  | 'locked-out'
  | 'standalone'
  | 'registering'
  | 'code'
  | 'ready'
  | 'ping'
  | 'message'
  | 'payment'
  | 'refund'
  | 'tip'
  | 'pin'
  | 'reading'
  | 'processing'
  | 'approved'
  | 'declined'
  | 'failed'
  | 'cancelled'
  | 'timed-out'
  | 'log-out'
  | 'logged-out'
  | 'options'
  | 'locked'
  | 'retired'
  | 'offline'
  | 'update-required'
  | 'out-of-order'
  | 'starting'
  | 'off'
  | 'elsewhere'
  | 'unable';

export interface Shown {
  readonly name: ScreenName;
  /** What a screen reader says when the screen changes. */
  readonly say: string;
  /** A card is in the slot. */
  readonly holdsCard: boolean;
}

export const ShownContext = createContext<(shown: Shown) => void>(() => undefined);

interface ScreenProps extends Pick<Shown, 'name'> {
  readonly title: string;
  readonly text?: string | undefined;
  /** Beside title and text, for a screen reader. */
  readonly say?: string | undefined;
  readonly holdsCard?: boolean;
  readonly tone?: 'good' | 'bad' | 'calm' | undefined;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** One screen: what it says, what can be done, and its name in the address. */
export function Screen(props: ScreenProps) {
  const { name, title, text = '', say = '', tone = 'calm', holdsCard = false, icon, children, actions } = props;
  const show = use(ShownContext);
  const spoken = [title, text, say].filter(Boolean).join(' ');
  useEffect(() => {
    show({ name, say: spoken, holdsCard });
  }, [show, name, spoken, holdsCard]);
  return (
    <div className={`screen tone-${tone}`} data-screen={name}>
      <div className="screen-body">
        {icon}
        <h2>{title}</h2>
        {text === '' ? null : <p className="lead">{text}</p>}
        {children}
      </div>
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}

/** Beside the text of a screen: what went wrong. */
export const Problem = ({ text }: { readonly text: string }) => (
  <p className="problem" role="alert">
    {text}
  </p>
);

export const Wait = () => <span className="wait" aria-hidden="true" />;
