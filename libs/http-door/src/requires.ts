import { SetMetadata } from '@nestjs/common';
import type { AccessLevel, Permissions, ProcessingLevel } from './caller.js';
import { accessLevels, processingLevels } from './caller.js';

/** Levels that must all be reached. Several needs: one of them is enough. */
export type Need = Partial<Permissions>;

/** Who may call a controller method; each method states exactly one of these, or the platform does not start. */
export type DoorRule =
  | { readonly kind: 'caller'; readonly anyOf: readonly Need[] }
  /** As `caller`, but only a console session of an administrator. */
  | { readonly kind: 'administrator' }
  /** The method checks the device's own proof. */
  | { readonly kind: 'device' }
  | { readonly kind: 'public' };

export const doorRuleKey = 'tillgate:door-rule';

/** Any caller that reaches one of the needs; without a need, any caller at all. */
export const Requires = (...anyOf: readonly Need[]) =>
  SetMetadata(doorRuleKey, { kind: 'caller', anyOf } satisfies DoorRule);
export const RequiresAdministrator = () => SetMetadata(doorRuleKey, { kind: 'administrator' } satisfies DoorRule);
export const ForDevices = () => SetMetadata(doorRuleKey, { kind: 'device' } satisfies DoorRule);
export const Public = () => SetMetadata(doorRuleKey, { kind: 'public' } satisfies DoorRule);

export function satisfies(permissions: Permissions, anyOf: readonly Need[]): boolean {
  return anyOf.length === 0 || anyOf.some((need) => reaches(permissions, need));
}

function reaches(has: Permissions, need: Need): boolean {
  const access = (have: AccessLevel, want: AccessLevel) => accessLevels.indexOf(have) >= accessLevels.indexOf(want);
  const processing = (have: ProcessingLevel, want: ProcessingLevel) =>
    processingLevels.indexOf(have) >= processingLevels.indexOf(want);
  return (
    access(has.general, need.general ?? 'none') &&
    access(has.settings, need.settings ?? 'none') &&
    processing(has.processing, need.processing ?? 'none')
  );
}
