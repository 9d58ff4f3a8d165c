/** The `code` of a Node or PostgreSQL error, e.g. `ENOENT` or `57P03`. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
