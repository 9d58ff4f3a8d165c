import { describe, expect, it } from '@jest/globals';
import { readConfig } from './gateway.config.js';

const needed = { BROKER_URL: 'amqp://localhost', PLATFORM_URL: 'http://platform:8080' };

describe('the configuration of a gateway', () => {
  it('needs only the broker and the platform', () => {
    const config = readConfig(needed);
    expect(config).toMatchObject({ brokerPrefix: 'tillgate', host: '127.0.0.1', port: 8081, drainMs: 60_000 });
    expect(config.keysUrl.href).toBe('http://platform:8080/device/v1/keys');
    expect(config.origins).toEqual(['http://127.0.0.1:8081', 'http://localhost:8081', 'http://[::1]:8081']);
  });

  it('takes the address that devices use, and the browsers that may come', () => {
    const config = readConfig({
      ...needed,
      PUBLIC_URL: 'wss://pay.example.com/',
      ALLOWED_ORIGINS: 'https://a.example, ',
    });
    expect(config.origins).toEqual(['https://pay.example.com']);
    expect(config.allowedBrowserOrigins).toEqual([
      ...['https://pay.example.com', 'http://platform:8080', 'https://a.example'],
    ]);
  });

  const wrong: [string, Record<string, string>][] = [
    ['BROKER_URL must be the broker', { BROKER_URL: '' }],
    ['BROKER_URL must be the broker', { BROKER_URL: 'redis://localhost' }],
    ['PLATFORM_URL must be where', { PLATFORM_URL: '' }],
    ['PLATFORM_URL must be where', { PLATFORM_URL: 'http://platform:8080/v2' }],
    ['PUBLIC_URL must be', { PUBLIC_URL: 'pay.example.com' }],
    ['PUBLIC_URL must be', { PUBLIC_URL: 'https://user@pay.example.com' }],
    ['HOST must be', { HOST: 'not a host' }],
    ['PORT must be', { PORT: '99999' }],
    ['PORT must be', { PORT: '0x1f' }],
    ['ALLOWED_ORIGINS must be', { ALLOWED_ORIGINS: 'https://a.example/, https://b.example' }],
    ['METRICS_PORT must be', { METRICS_PORT: 'x' }],
    ['DRAIN_SECONDS must be', { DRAIN_SECONDS: '-1' }],
    ['BROKER_PREFIX must be', { BROKER_PREFIX: 'a.b' }],
    ['LOG_LEVEL must be', { LOG_LEVEL: 'loud' }],
  ];
  it.each(wrong)('%s', (message, env) => {
    expect(() => readConfig({ ...needed, ...env })).toThrow(message);
  });
});
