import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { LogOut } from '../screens/log-out.js';
import { Message, Ping } from '../screens/home.js';
import { Notice, Starting } from '../screens/notices.js';
import { Options } from '../screens/options.js';
import type { Slot } from '../slot/slot.js';
import { useTexts } from '../texts/language.js';
import { KeyDesk, KeysContext } from './keys.js';
import { Keypad } from './keypad.js';
import { usePing } from './ping-signal.js';
import { type Shown, ShownContext } from './screen.js';
import { TerminalScreen } from './screens-of.js';
import { StatusBar } from './status-bar.js';
import { useKeyboard } from './use-keyboard.js';

/** On these screens nobody is in the middle of something. */
const idle: readonly string[] = ['standalone', 'registering', 'code', 'ready', 'offline'];
const withOptions: readonly string[] = [...idle, 'log_in', 'logged_out', 'locked', 'retired'];

interface InFront {
  readonly what: 'options' | 'log-out';
  /** The screen it was opened on; null: any. */
  readonly over: string | null;
}

/** What was opened over an idle screen does not hide a lock, or whatever else is not idle. */
const isOver = ({ over }: InFront, screen: string): boolean =>
  over === null || over === screen || (idle.includes(over) && idle.includes(screen));

interface DeviceProps {
  readonly slot: Slot;
  readonly setUpCode: string;
  readonly isActive: boolean;
  readonly isOneOfMany: boolean;
  readonly onActive: () => void;
  readonly onShown: (shown: Shown) => void;
  /** Options are open from the start: the address says so. */
  readonly opensOptions: boolean;
}

/** One terminal as it stands on the counter. */
export function Device(props: DeviceProps) {
  const { slot, setUpCode, isActive, isOneOfMany, onActive, onShown, opensOptions } = props;
  const view = useSyncExternalStore(slot.subscribe, () => slot.view);
  const texts = useTexts();
  const [keys] = useState(() => new KeyDesk());
  const [shown, setShown] = useState<Shown>({ name: 'starting', say: '', holdsCard: false });
  const [inFront, setInFront] = useState<InFront | null>(opensOptions ? { what: 'options', over: null } : null);
  const ping = usePing(view.state?.ping ?? null);
  const { frozen } = view.faults;
  const place = useKeyboard(keys, isActive && !frozen);
  const show = useCallback((next: Shown) => {
    setShown(next);
  }, []);
  useEffect(() => {
    if (isActive) onShown(shown);
  }, [isActive, onShown, shown]);
  const screen = view.state?.screen ?? '';
  // It does not come back when the terminal is idle again.
  if (inFront && screen !== '' && !isOver(inFront, screen)) setInFront(null);
  const options = withOptions.includes(screen)
    ? () => {
        setInFront({ what: 'options', over: screen });
      }
    : undefined;
  return (
    <section
      ref={place}
      className="device"
      aria-label={texts.page.terminal(slot.number)}
      data-screen={shown.name}
      data-card={shown.holdsCard}
      data-connected={view.state?.connected ?? false}
      data-in-hand={isOneOfMany && isActive}
      data-flash={ping !== null}
      data-frozen={frozen}
      onPointerDownCapture={onActive}
      onFocusCapture={onActive}
    >
      <p className="hidden" role="status">
        {shown.say}
      </p>
      <DeviceHead number={isOneOfMany ? slot.number : null} />
      <div className="display" inert={frozen}>
        <KeysContext value={keys}>
          <ShownContext value={show}>
            {view.power === 'on' || view.power === 'starting' ? <StatusBar view={view} onOptions={options} /> : null}
            <Front {...{ slot, setUpCode, inFront, ping }} onFront={setInFront} />
          </ShownContext>
        </KeysContext>
      </div>
      <KeysContext value={keys}>
        <Keypad isDead={frozen} />
      </KeysContext>
      <div className="card-slot" aria-hidden="true">
        <span className="card" />
      </div>
    </section>
  );
}

/** @param number of one among several */
const DeviceHead = ({ number }: { readonly number: number | null }) => (
  <div className="device-head" aria-hidden="true">
    <span className="lights">
      <i />
      <i />
      <i />
      <i />
    </span>
    <span className="brand">{number === null ? 'Tillgate' : `Tillgate · ${number}`}</span>
  </div>
);

interface FrontProps {
  readonly slot: Slot;
  readonly setUpCode: string;
  readonly inFront: InFront | null;
  readonly ping: ReturnType<typeof usePing>;
  readonly onFront: (front: InFront | null) => void;
}

/** What lies in front on the display: options over an idle screen, a ping over that, and money over everything. */
function Front({ slot, setUpCode, inFront, ping, onFront }: FrontProps) {
  const { actions } = useTexts();
  const { view, terminal } = slot;
  const { power, state, roundTripMs } = view;
  const screen = state?.screen ?? '';
  const back = (): void => {
    onFront(null);
  };
  const logOut = (): void => {
    onFront({ what: 'log-out', over: screen });
  };
  const powerCycle = (): void => {
    slot.powerCut();
    void slot.powerOn();
  };
  if (power === 'off') return <Notice name="off" action={{ name: actions.switchOn, act: () => void slot.powerOn() }} />;
  if (power === 'elsewhere' || power === 'unable') return <Notice name={power} />;
  if (!state || !terminal) return <Starting />;
  const isIdle = idle.includes(state.screen);
  if (ping && isIdle) return <Ping message={ping.message} />;
  const front = inFront?.what;
  if (front === 'log-out' && isIdle) return <LogOut terminal={terminal} onBack={back} />;
  if (front === 'options' && withOptions.includes(state.screen))
    return <Options {...{ terminal, state, roundTripMs }} onBack={back} onLogOut={logOut} />;
  if (state.message !== null && isIdle) return <Message text={state.message} />;
  return (
    <>
      {ping ? (
        <p className="banner" role="alert">
          {ping.message}
        </p>
      ) : null}
      <TerminalScreen {...{ terminal, state, setUpCode }} onLogOut={logOut} onPowerCycle={powerCycle} />
    </>
  );
}
