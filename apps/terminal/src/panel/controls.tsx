import { useId } from 'react';

interface SwitchProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}

export const Switch = ({ name, isOn, onTurn }: SwitchProps) => (
  <label className="switch">
    <input
      type="checkbox"
      role="switch"
      checked={isOn}
      onChange={({ target }) => {
        onTurn(target.checked);
      }}
    />
    <span>{name}</span>
  </label>
);

interface ChoiceProps {
  readonly name: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly say: (value: number) => string;
  readonly onChoose: (value: number) => void;
}

export function Choice({ name, value, values, say, onChoose }: ChoiceProps) {
  const id = useId();
  // A program may have set another one.
  const offered = values.includes(value) ? values : [value, ...values];
  return (
    <div className="choose">
      <label htmlFor={id}>{name}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          onChoose(Number(target.value));
        }}
      >
        {offered.map((one) => (
          <option key={one} value={one}>
            {say(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
