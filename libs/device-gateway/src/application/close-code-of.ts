import { type CloseCode, closeCodes } from '#terminal-protocol';

/** What a refused message means for the connection, in one table. A code that is not here is a fault of ours. */
const table: Readonly<Record<string, CloseCode>> = {
  not_json: closeCodes.badMessage,
  not_text: closeCodes.badMessage,
  too_deep: closeCodes.badMessage,
  no_type: closeCodes.badMessage,
  unknown_type: closeCodes.badMessage,
  invalid_field: closeCodes.badMessage,
  already_authenticated: closeCodes.badMessage,
  not_authenticated: closeCodes.sessionEnded,
  unauthenticated: closeCodes.sessionEnded,
  superseded: closeCodes.superseded,
  too_fast: closeCodes.tooFast,
  unavailable: closeCodes.unavailable,
};

export const closeCodeOf = (code: string): CloseCode => table[code] ?? closeCodes.unavailable;
