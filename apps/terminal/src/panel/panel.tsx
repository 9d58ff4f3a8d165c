import { useState, useSyncExternalStore } from 'react';
import { percentText } from '../device/numbers.js';
import type { Slot } from '../slot/slot.js';
import { useTexts } from '../texts/language.js';
import { Choice, Switch } from './controls.js';
import { CutChoice } from './cut-choice.js';

/** Past 2 s each way the platform would wait in vain for the terminal to say who it is. */
const delays: readonly number[] = [0, 200, 500, 1_000, 2_000];
const skews: readonly number[] = [0, 10, -10, 180];
const batteries: readonly number[] = [87, 15, 4];

interface PanelProps {
  readonly slot: Slot;
  readonly isOneOfMany: boolean;
}

/** What may go wrong with one terminal, for people; for programs there is `window.tillgateTerminal`. */
export function Panel({ slot, isOneOfMany }: PanelProps) {
  const { faults, power } = useSyncExternalStore(slot.subscribe, () => slot.view);
  const isHere = power !== 'elsewhere' && power !== 'unable';
  const texts = useTexts();
  const { panel } = texts;
  const toggle = (name: 'unplugged' | 'frozen' | 'duplicates' | 'acquirerDown') => (
    <Switch
      name={panel.faults[name]}
      isOn={faults[name]}
      onTurn={(isOn) => {
        slot.setFaults({ [name]: isOn });
      }}
    />
  );
  const choice = (
    name: 'delayMs' | 'clockSkewMinutes' | 'battery',
    values: readonly number[],
    say: (value: number) => string,
  ) => (
    <Choice
      name={panel.faults[name]}
      value={faults[name]}
      {...{ values, say }}
      onChoose={(value) => {
        slot.setFaults({ [name]: value });
      }}
    />
  );
  return (
    <aside className="panel" aria-label={panel.title}>
      <h2>{isOneOfMany ? `${panel.title}: ${texts.page.terminal(slot.number)}` : panel.title}</h2>
      <p className="panel-text">{panel.text}</p>
      <fieldset disabled={!isHere}>
        <legend>{panel.link}</legend>
        {toggle('unplugged')}
        {toggle('duplicates')}
        {toggle('acquirerDown')}
        {choice('delayMs', delays, panel.delay)}
      </fieldset>
      <fieldset disabled={!isHere}>
        <legend>{panel.device}</legend>
        {toggle('frozen')}
        {choice('clockSkewMinutes', skews, panel.skew)}
        {choice('battery', batteries, (percent) => percentText(percent, texts.locale))}
      </fieldset>
      <Power slot={slot} isHere={isHere} />
    </aside>
  );
}

function Power({ slot, isHere }: { readonly slot: Slot; readonly isHere: boolean }) {
  const { power } = useSyncExternalStore(slot.subscribe, () => slot.view);
  const { panel } = useTexts();
  return (
    <fieldset disabled={!isHere}>
      <legend>{panel.power}</legend>
      <CutChoice slot={slot} />
      {power === 'off' ? (
        <button type="button" className="panel-button" onClick={() => void slot.powerOn()}>
          {panel.powerOn}
        </button>
      ) : (
        <button type="button" className="panel-button" disabled={power !== 'on'} onClick={slot.powerCut}>
          {panel.powerCut}
        </button>
      )}
      {(power === 'on' || power === 'off') && <NewTerminal slot={slot} />}
    </fieldset>
  );
}

/** Asks first: a terminal that is forgotten is gone with its journal. */
function NewTerminal({ slot }: { readonly slot: Slot }) {
  const { panel } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const ask = (isAsked: boolean) => () => {
    setAsking(isAsked);
  };
  if (!isAsking)
    return (
      <button type="button" className="panel-button quiet" onClick={ask(true)}>
        {panel.newTerminal}
      </button>
    );
  const replace = (): void => {
    setAsking(false);
    void slot.replace();
  };
  return (
    <div role="group" aria-label={panel.newTerminal}>
      <p className="panel-text">{panel.newTerminalSure}</p>
      <div className="pair">
        <button type="button" className="panel-button" onClick={replace}>
          {panel.yes}
        </button>
        <button type="button" className="panel-button" onClick={ask(false)}>
          {panel.no}
        </button>
      </div>
    </div>
  );
}
