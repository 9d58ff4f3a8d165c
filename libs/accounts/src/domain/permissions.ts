import { InvalidFieldError } from '#kernel';

export const accessLevels = ['none', 'read', 'write'] as const;
export type AccessLevel = (typeof accessLevels)[number];
export const processingLevels = ['none', 'auth', 'positive_transaction', 'admin'] as const;
export type ProcessingLevel = (typeof processingLevels)[number];

/** The three axes of an API access. */
export interface Permissions {
  readonly general: AccessLevel;
  readonly settings: AccessLevel;
  readonly processing: ProcessingLevel;
}

export function checkedPermissions({ general, settings, processing }: Permissions): Permissions {
  return {
    general: oneOf(accessLevels, general, 'general'),
    settings: oneOf(accessLevels, settings, 'settings'),
    processing: oneOf(processingLevels, processing, 'processing'),
  };
}

/** Command lines and configuration are not typed: what comes from there is looked up. */
export function oneOf<const Value extends string>(values: readonly Value[], value: Value, field: string): Value {
  if (!values.includes(value)) throw new InvalidFieldError(field, `must be one of ${values.join(', ')}`);
  return value;
}
