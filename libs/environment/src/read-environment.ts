import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** The environment does not say how to run; the message names the variable and what to do. */
export class ConfigurationError extends Error {}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Checks each variable of `shape` by itself; an empty one counts as not set. Throws ConfigurationError. */
export function readEnvironment<Shape extends object>(shape: new () => Shape, env: NodeJS.ProcessEnv): Shape {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const environment = plainToInstance(shape, given);
  const [wrong] = validateSync(environment, { stopAtFirstError: true });
  if (!wrong) return environment;
  const problem = Object.values(wrong.constraints ?? {})[0] ?? 'is not valid';
  throw new ConfigurationError(`${wrong.property} ${problem}`);
}
