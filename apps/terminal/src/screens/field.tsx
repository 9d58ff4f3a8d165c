import { useId } from 'react';

const kinds = {
  email: { type: 'email', autoComplete: 'username', className: '' },
  password: { type: 'password', autoComplete: 'current-password', className: '' },
  code: { type: 'text', autoComplete: 'off', className: 'code-input' },
} as const;

interface FieldProps {
  readonly kind: keyof typeof kinds;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly isWrong?: boolean;
  readonly onChange: (value: string) => void;
}

export function Field({ kind, label, hint, value, isWrong = false, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...kinds[kind]}
        id={id}
        required
        spellCheck={false}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint === undefined ? null : (
        <p className="small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
