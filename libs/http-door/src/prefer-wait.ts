const pattern = /(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/i;

/** Milliseconds that `Prefer: wait=N` asks for (RFC 7240), at most 60 s; 0 when it does not. */
export function preferredWait(header: string | undefined): number {
  const seconds = Number(pattern.exec(header ?? '')?.[1] ?? 0);
  return Math.min(seconds, 60) * 1000;
}
