import { useTexts } from '../texts/language.js';
import type { SlotView } from '../slot/slot-view.js';
import { MenuIcon } from './icons.js';
import { percentText } from './numbers.js';

const low = 20;

/** These wait for no connection. */
const withoutLink: readonly string[] = ['locked', 'retired', 'update_required', 'out_of_order'];

interface StatusBarProps {
  readonly view: SlotView;
  /** Undefined: there are no options now. */
  readonly onOptions: (() => void) | undefined;
}

/** The code and the state of the connection, always; and the battery. */
export function StatusBar({ view: { state, faults }, onOptions }: StatusBarProps) {
  const { status, actions, offline, locale } = useTexts();
  const { battery } = faults;
  const isTrouble = state !== null && state.nextAttemptAt !== null;
  // The code of a retired terminal is free for another one.
  const code = state?.screen === 'retired' ? null : (state?.code ?? null);
  const isWanted = state !== null && !withoutLink.includes(state.screen);
  return (
    <div className="status-bar">
      {code === null ? null : (
        <span className="status-code">
          <span className="hidden">{status.code} </span>
          {code}
        </span>
      )}
      {state && state.mode !== 'standalone' && code === null ? (
        <span className="link">{state.serialNumber}</span>
      ) : null}
      {state?.mode === 'api' && code !== null ? (
        <span className={state.connected ? 'link link-up' : isTrouble ? 'link link-down' : 'link'}>
          {state.connected ? status.connected : isWanted && !isTrouble ? offline.now : status.offline}
        </span>
      ) : state?.mode === 'standalone' ? (
        <span className="link">{status.standalone}</span>
      ) : null}
      <span className="spring" />
      <span
        className={battery < low ? 'battery battery-low' : 'battery'}
        role="img"
        aria-label={status.battery(battery)}
      >
        <span className="battery-fill" style={{ inlineSize: `${battery}%` }} />
      </span>
      {battery < low ? (
        <span className="battery-text" aria-hidden="true">
          {percentText(battery, locale)}
        </span>
      ) : null}
      {onOptions ? (
        <button type="button" className="menu" aria-label={actions.options} onClick={onOptions}>
          <MenuIcon />
        </button>
      ) : null}
    </div>
  );
}
