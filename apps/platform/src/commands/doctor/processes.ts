import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspectBroker } from '#messaging';
import { bad, type Finding, good, warning, wordsOf } from './finding.js';

const answerWithinMs = 5_000;
const clockMs = 5_000;

/** The platform as others reach it; where nobody answers, whether it could listen. */
export async function lookAtPlatform(url: string, host: string, port: number): Promise<Finding[]> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(answerWithinMs) });
    const text = await response.text();
    const offset = Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now());
    const state = response.ok
      ? good('platform', `is ready at ${url}`)
      : bad(
          'platform',
          `answers ${response.status} at ${url}: ${text.slice(0, 200)}`,
          'Mend the part that it calls down.',
        );
    return offset > clockMs
      ? [state, warning('platform', 'has another clock than this machine', 'Turn on NTP.')]
      : [state];
  } catch {
    return [
      warning('platform', `does not answer at ${url}`, 'Start it with npm start, or correct PUBLIC_URL.'),
      await lookAtPort(host, port),
    ];
  }
}

async function lookAtPort(host: string, port: number): Promise<Finding> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return good('port', `${port} is free on ${host}`);
  } catch (error) {
    return bad(
      'port',
      `${port} on ${host} cannot be used: ${wordsOf(error)}`,
      'End the program that has it, or set another PORT.',
    );
  } finally {
    probe.close();
  }
}

/** `queues`: what subscribers have declared. */
export async function lookAtBroker(url: string, queues: readonly string[]): Promise<Finding[]> {
  try {
    const facts = await inspectBroker(url, queues);
    const lost = facts.filter(({ messages }) => messages === undefined).map(({ name }) => name);
    return [
      good('broker', `RabbitMQ answers; ${queues.length} subscribers`),
      ...(lost.length > 0
        ? [
            bad(
              'broker',
              `has lost ${lost.join(', ')}`,
              'Start the platform: it declares them and publishes their events again.',
            ),
          ]
        : []),
    ];
  } catch (error) {
    return [
      bad(
        'broker',
        `cannot be reached: ${wordsOf(error)}`,
        'Start RabbitMQ, or correct BROKER_URL (amqp://user:password@host:port).',
      ),
    ];
  }
}
