import { depthExceeds } from '#terminal-protocol';
import { BadJsonError } from './http.errors.js';

export const maxBodyBytes = 16 * 1024;
const maxDepth = 16;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Bytes that are no UTF-8 would become other characters than were sent; a byte order mark is left for JSON to refuse. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses a JSON body. Depth and keys are checked on the text, before anything recursive sees it. Throws `bad_json`. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  const text = decoded(bytes);
  if (text === '') return undefined;
  if (depthExceeds(text, maxDepth)) throw new BadJsonError(`nested deeper than ${maxDepth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadJsonError('not JSON');
  }
  refuseBadKeys(text);
  return value;
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BadJsonError('not UTF-8');
  }
}

/** The last of two equal keys would win in silence. The text is known to be JSON. */
function refuseBadKeys(text: string): void {
  const objects: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (const [part, colon] of text.matchAll(token)) {
    if (part === '{') objects.push(new Set());
    else if (part === '[') objects.push(null);
    else if (part === '}' || part === ']') objects.pop();
    else if (colon !== undefined) addKey(objects.at(-1), JSON.parse(part.slice(0, -colon.length)) as string);
  }
}

function addKey(keys: Set<string> | null | undefined, key: string): void {
  if (forbiddenKeys.has(key)) throw new BadJsonError('a field name that is not allowed');
  if (keys?.has(key)) throw new BadJsonError('a field is there twice');
  keys?.add(key);
}
