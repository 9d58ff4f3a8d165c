import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError } from '#kernel';

/** Fields of a body or query that are missing, unknown or of the wrong form: each named, no value repeated. */
export class InvalidRequestError extends DomainError {
  constructor(readonly fields: Readonly<Record<string, string>>) {
    super(
      'invalid_request',
      Object.entries(fields)
        .map(([field, problem]) => `${field}: ${problem}`)
        .join('; '),
    );
  }
}

const pipe = (unknownFields: 'refused' | 'ignored') =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: unknownFields === 'refused',
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new InvalidRequestError(Object.fromEntries(errors.flatMap((error) => flatten(error)))),
  });

/** For the added calls: `@Body(strictBody)`. */
export const strictBody = pipe('refused');
/** For the compatible calls, whose existing clients send more than they should: `@Body(compatibleBody)`. */
export const compatibleBody = pipe('ignored');

/** What may be repeated of a field's name that nobody here chose: no number, nothing long. */
const plainName = /^[a-z][a-z_]{0,39}$/i;

function flatten(error: ValidationError, prefix = ''): [string, string][] {
  const name = prefix + error.property;
  const own = Object.entries(error.constraints ?? {})[0];
  if (own?.[0] === 'whitelistValidation') return [unknownField(name, error.property)];
  if (own) return [[name, withoutName(own[1], error.property)]];
  return (error.children ?? []).flatMap((child) => flatten(child, `${name}.`));
}

const unknownField = (name: string, property: string): [string, string] =>
  plainName.test(property) ? [name, 'not a field of this call'] : ['body', 'has a field that is not one of this call'];

const withoutName = (text: string, name: string): string =>
  text.startsWith(`${name} `) ? text.slice(name.length + 1) : text;
