import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '#environment';
import { readConfig } from './platform.config.js';

const scaled = { BROKER_URL: 'amqp://localhost', TILLGATE_SECRETS_FILE: '/etc/tillgate/secrets.json' };

describe('the configuration of the platform', () => {
  it('needs nothing: embedded, on loopback, at port 8080', () => {
    expect(readConfig({})).toEqual({
      ...{ databaseUrl: null, brokerUrl: null, brokerPrefix: 'tillgate', gatewayEmbedded: true },
      ...{ host: '127.0.0.1', port: 8080, metricsPort: null, publicUrl: 'http://127.0.0.1:8080' },
      origins: ['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'],
      gatewayUrl: 'ws://127.0.0.1:8080/device/v1/connect',
      ...{ trustedProxies: [], allowedOrigins: [], webhookHosts: [], demo: false, logLevel: 'info' },
      rateLimits: { atOnce: 50, waiting: 1_000, minute: 1_000, hour: 30_000 },
      ...{ home: resolve('.tillgate'), secretsFile: resolve('.tillgate/secrets.json'), makeSecrets: true },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const names = ['DATABASE_URL', 'BROKER_URL', 'PORT', 'PUBLIC_URL', 'TILLGATE_DEMO', 'TILLGATE_SECRETS_FILE'];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it.each([
    [{ DATABASE_URL: 'postgres://a:b@db:5432/pay' }, { databaseUrl: 'postgres://a:b@db:5432/pay' }],
    [
      { DATABASE_URL: 'postgresql:///pay?host=/run/postgresql' },
      { databaseUrl: 'postgresql:///pay?host=/run/postgresql' },
    ],
    [scaled, { brokerUrl: 'amqp://localhost', secretsFile: '/etc/tillgate/secrets.json', makeSecrets: false }],
    [{ ...scaled, GATEWAY_EMBEDDED: 'false' }, { gatewayEmbedded: false }],
    [{ BROKER_PREFIX: 'shop-7' }, { brokerPrefix: 'shop-7' }],
    [{ PORT: '80' }, { port: 80, publicUrl: 'http://127.0.0.1:80' }],
    [{ METRICS_PORT: '0' }, { metricsPort: 0 }],
    [{ WEBHOOK_ALLOWED_HOSTS: 'hooks.internal, 10.0.0.7' }, { webhookHosts: ['hooks.internal', '10.0.0.7'] }],
    [{ TILLGATE_DEMO: '1' }, { demo: true, webhookHosts: ['localhost', '127.0.0.1', '::1'] }],
    [
      { RATE_LIMIT_MINUTE: '5', RATE_LIMIT_HOUR: '6', RATE_LIMIT_AT_ONCE: '7', RATE_LIMIT_WAITING: '8' },
      { rateLimits: { minute: 5, hour: 6, atOnce: 7, waiting: 8 } },
    ],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0', publicUrl: 'http://127.0.0.1:8080' }],
    [{ HOST: '::' }, { host: '::', publicUrl: 'http://127.0.0.1:8080' }],
    [{ HOST: 'fd00::1' }, { host: 'fd00::1', publicUrl: 'http://[fd00::1]:8080', origins: ['http://[fd00::1]:8080'] }],
    [{ TILLGATE_HOME: '/srv/pay' }, { home: '/srv/pay', secretsFile: '/srv/pay/secrets.json', makeSecrets: true }],
    [{ TILLGATE_SECRETS_FILE: '/srv/s.json' }, { secretsFile: '/srv/s.json', makeSecrets: false }],
    [
      { TRUSTED_PROXIES: 'uniquelocal, 10.0.0.0/8,fd00::/8,' },
      { trustedProxies: ['uniquelocal', '10.0.0.0/8', 'fd00::/8'] },
    ],
    [
      { ALLOWED_ORIGINS: 'https://a.example, http://b.example:81' },
      { allowedOrigins: ['https://a.example', 'http://b.example:81'] },
    ],
    [{ TILLGATE_DEMO: '1' }, { demo: true }],
    [{ TILLGATE_DEMO: '0' }, { demo: false }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
  ])('reads %j', (env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });

  it('derives the origins and the gateway from the public address, whose last slash does not count', () => {
    expect(readConfig({ PUBLIC_URL: 'https://pay.example.com/' })).toMatchObject({
      publicUrl: 'https://pay.example.com',
      origins: ['https://pay.example.com'],
      gatewayUrl: 'wss://pay.example.com/device/v1/connect',
    });
  });

  it('knows a gateway with an address of its own, and its origin', () => {
    expect(
      readConfig({ PUBLIC_URL: 'https://pay.example.com', GATEWAY_URL: 'wss://tills.example.com/' }),
    ).toMatchObject({
      origins: ['https://pay.example.com', 'https://tills.example.com'],
      gatewayUrl: 'wss://tills.example.com/device/v1/connect',
    });
  });
});

const wrong: Readonly<Record<string, readonly string[]>> = {
  DATABASE_URL: [
    'mysql://db/pay',
    'db',
    'postgres://',
    'postgres://[',
    'postgres://a:p%zz@db/pay',
    'postgres://a:p#s@db/pay',
  ],
  BROKER_URL: ['http://broker', 'broker:5672', 'amqp://', 'amqp://[', 'amqp://a:%zz@broker'],
  BROKER_PREFIX: ['Till', 'a b', '-a', 'a.b', 'x'.repeat(41)],
  HOST: ['not a host', 'http://host', 'host:80', '1.2.3.4.5', 'fe80::1%eth0', '-'],
  PORT: ['0', '65536', '-1', '80.5', 'http', ' ', '0x50', '8e3', '1'.repeat(20)],
  METRICS_PORT: ['65536', '-1', 'x', '0x50'],
  PUBLIC_URL: [
    'pay.example.com',
    'ftp://a.example',
    'http://a b',
    'http://a:99999',
    'https://a.example/pay',
    'https://u:p@a.example',
  ],
  GATEWAY_URL: ['https://a.example', 'wss://', 'ws://:::', 'wss://a.example/device', 'wss://a.example?x=1'],
  GATEWAY_EMBEDDED: ['no', '0', 'False'],
  TRUSTED_PROXIES: [
    'nonsense',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '10.0.0.0/8/8',
    '10.0.0',
    'fd00::/129',
    '*',
    'fe80::1%eth0',
  ],
  ALLOWED_ORIGINS: [
    'nonsense',
    '*',
    'https://a.example/',
    'https://a.example/x',
    'https://A.example',
    'https://a.example;b',
    'https://*.example',
    'file://a.example',
  ],
  TILLGATE_DEMO: ['yes', 'true'],
  LOG_LEVEL: ['loud', 'INFO'],
};

const cases = Object.entries(wrong).flatMap(([name, values]) => values.map((value) => [name, value] as const));

describe('a wrong configuration', () => {
  it.each(cases)('of %s=%s is refused by the name of the variable', (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(new RegExp(`^${name} must be `));
  });

  it.each(Object.keys(wrong))('of %s is refused without its value, which may be a secret', (name) => {
    const read = () => readConfig({ [name]: ' scheme://user:canary@[' });
    expect(read).toThrow(ConfigurationError);
    expect(read).not.toThrow('canary');
  });

  it('is a gateway of its own without a broker', () => {
    expect(() => readConfig({ GATEWAY_EMBEDDED: 'false' })).toThrow(/^GATEWAY_EMBEDDED=false needs BROKER_URL/);
  });

  it('is a broker without secrets that all processes share', () => {
    expect(() => readConfig({ BROKER_URL: 'amqp://localhost' })).toThrow(/^TILLGATE_SECRETS_FILE is required/);
  });
});
