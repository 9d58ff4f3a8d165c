import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches, ValidateIf } from 'class-validator';

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const message = 'must be a date and time such as 2026-11-23T12:00:00Z';

/** As `IsOptional`, but null does not leave a field out. */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

/** RFC 3339: one moment, wherever it is read. */
export const IsMoment = (): PropertyDecorator =>
  applyDecorators(Matches(form, { message }), IsISO8601({ strict: true }, { message }));
