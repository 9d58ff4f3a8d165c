import { SetMetadata } from '@nestjs/common';
import type { AccessLevel, Permissions, ProcessingLevel } from './caller.js';
import { accessLevels, processingLevels } from './caller.js';

/** Levels that must all be reached. Several needs: one of them is enough. */
export type Need = Partial<Permissions>;

/** Who may call a controller method; each method states exactly one of these, or the platform does not start. */
export type DoorRule =
  | { readonly kind: 'caller'; readonly anyOf: readonly Need[] }
  /** Only a console session, whatever the user's role. */
  | { readonly kind: 'console' }
  /** Only a console session of an administrator. */
  | { readonly kind: 'administrator' }
  /** Only a console session of an administrator or a manager. */
  | { readonly kind: 'manager' }
  /** The method checks the device's own proof. */
  | { readonly kind: 'device' }
  | { readonly kind: 'public' };

export const doorRuleKey = 'tillgate:door-rule';

/** A second rule would win in silence: it ends the start. */
const rule =
  (stated: DoorRule): MethodDecorator =>
  (target, name, descriptor) => {
    const method: unknown = descriptor.value;
    if (typeof method === 'function' && Reflect.hasMetadata(doorRuleKey, method))
      throw new Error(`${target.constructor.name}.${String(name)} states twice who may call it`);
    SetMetadata(doorRuleKey, stated)(target, name, descriptor);
  };

/** Any caller that reaches one of the needs; without a need, any caller at all. */
export const Requires = (...anyOf: readonly Need[]): MethodDecorator => rule({ kind: 'caller', anyOf });

export const RequiresConsole = (): MethodDecorator => rule({ kind: 'console' });

export const RequiresAdministrator = (): MethodDecorator => rule({ kind: 'administrator' });

export const RequiresManager = (): MethodDecorator => rule({ kind: 'manager' });

export const ForDevices = (): MethodDecorator => rule({ kind: 'device' });

export const Public = (): MethodDecorator => rule({ kind: 'public' });

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
