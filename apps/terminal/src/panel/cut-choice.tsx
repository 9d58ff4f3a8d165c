import { useId, useSyncExternalStore } from 'react';
import { type CutAt, stages } from '../slot/faults.js';
import type { Slot } from '../slot/slot.js';
import { useTexts } from '../texts/language.js';

const moments = ['before', 'after'] as const;
const offered: readonly CutAt[] = stages.flatMap((stage) => moments.map((moment) => ({ stage, moment })));

const nameOf = ({ stage, moment }: CutAt): string => `${moment}-${stage}`;

/** At which record of the journal the power goes by itself, once. */
export function CutChoice({ slot }: { readonly slot: Slot }) {
  const { faults } = useSyncExternalStore(slot.subscribe, () => slot.view);
  const { panel } = useTexts();
  const id = useId();
  return (
    <div className="choose">
      <label htmlFor={id}>{panel.cutAt}</label>
      <select
        id={id}
        value={faults.cutAt ? nameOf(faults.cutAt) : ''}
        onChange={({ target }) => {
          slot.setFaults({ cutAt: offered.find((cut) => nameOf(cut) === target.value) ?? null });
        }}
      >
        <option value="">{panel.never}</option>
        {offered.map((cut) => (
          <option key={nameOf(cut)} value={nameOf(cut)}>
            {panel.moment[cut.moment](panel.records[cut.stage])}
          </option>
        ))}
      </select>
    </div>
  );
}
