const heartbeatSeconds = 10;

/** Refuses what amqplib would only find out later, and asks for the heartbeat that finds a dead peer. */
export function brokerUrl(text: string | null): string {
  if (text === null || !URL.canParse(text) || !/^amqps?:$/.test(new URL(text).protocol)) {
    throw new Error('BROKER_URL must be like amqp://user:password@host:5672');
  }
  const url = new URL(text);
  url.searchParams.set('heartbeat', String(heartbeatSeconds));
  return url.href;
}
