/** Whether reading failed because there is no such file. (Errors of Node's own are of another realm under some test runners.) */
export const isMissingFile = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
