export const consoleSessionCookie = 'tillgate_session';

/** The console's session out of a `cookie` header. */
export function sessionCookieOf(header: string | undefined): string | undefined {
  const prefix = `${consoleSessionCookie}=`;
  const cookie = header?.split(/; */).find((pair) => pair.startsWith(prefix));
  return cookie?.slice(prefix.length);
}
