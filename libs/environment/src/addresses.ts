/** The origins of these URLs; a loopback address is reached by its names as well. */
export function originsOf(urls: readonly string[]): string[] {
  const origins = urls.flatMap((url) => {
    const { protocol, hostname, port: at, origin } = new URL(url.replace(/^ws/, 'http'));
    const suffix = at === '' ? '' : `:${at}`;
    const loopback = ['127.0.0.1', 'localhost', '[::1]'];
    return loopback.includes(hostname) ? loopback.map((name) => `${protocol}//${name}${suffix}`) : [origin];
  });
  return [...new Set(origins)];
}

/** How a URL names the host that a server listens on; one that listens everywhere is reached by loopback as well. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
