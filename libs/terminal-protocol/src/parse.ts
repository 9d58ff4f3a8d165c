import { z } from 'zod';
import { limits } from './limits.js';

export type FrameProblem = 'not_json' | 'too_deep' | 'no_type' | 'unknown_type' | 'invalid_field';

/** Either the frame, or what was wrong with it: a stable code, a sentence that names the field and never its value, and the message's id if one could be read. */
export type Parsed<Frame> =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly code: FrameProblem; readonly message: string; readonly of: string | null };

type FrameUnion = z.ZodDiscriminatedUnion<readonly z.ZodObject[], 'type'>;

const uuid = z.uuid();

/** Reads one text message. Depth is checked on the text, for recursive readers fail on deep input. */
export function parseFrame<Schema extends FrameUnion>(schema: Schema, text: string): Parsed<z.output<Schema>> {
  const refuse = (code: FrameProblem, message: string, of: string | null = null) =>
    ({ ok: false, code, message, of }) as const;
  if (depthExceeds(text, limits.depth)) return refuse('too_deep', `nested deeper than ${limits.depth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('not_json', 'the message is not one JSON object');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('not_json', 'the message is not one JSON object');
  }
  // By the rule for ids, for the answer must be a frame itself.
  const of = uuid.safeParse('id' in value ? value.id : null).data ?? null;
  if (!('type' in value) || typeof value.type !== 'string') return refuse('no_type', 'type: required', of);
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, frame: result.data };
  const issue = result.error.issues[0];
  if (issue?.path[0] === 'type') return refuse('unknown_type', 'type: not a message of terminal.v1', of);
  return refuse('invalid_field', issue ? problemOf(issue) : 'not a message of terminal.v1', of);
}

/** The deepest nesting of brackets outside strings, without parsing. */
export function depthExceeds(text: string, max: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > max) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

/** What may be repeated of a field's name that nobody here chose: no number, nothing long. */
const plainName = /^[a-z][a-z_]{0,39}$/i;

function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `${issue.path.join('.')}: ${describe(issue.code)}`;
  const name = issue.keys[0] ?? '';
  if (!plainName.test(name)) return 'a field that this message does not have';
  return `${[...issue.path, name].join('.')}: not a field of this message`;
}

function describe(code: string): string {
  switch (code) {
    case 'invalid_type':
      return 'missing or of the wrong type';
    case 'too_big':
      return 'too long or too large';
    case 'too_small':
      return 'too short or too small';
    default:
      return 'not a value that this field takes';
  }
}
