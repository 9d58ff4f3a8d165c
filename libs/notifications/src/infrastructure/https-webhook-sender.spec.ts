import { describe, expect, it } from '@jest/globals';
import { HttpsWebhookSender } from './https-webhook-sender.js';

const encryptionKey = Buffer.alloc(32);
const sender = new HttpsWebhookSender({ encryptionKey, allowedHosts: [] });
const demo = new HttpsWebhookSender({ encryptionKey, allowedHosts: ['localhost', '127.0.0.1', '::1'] });

describe('a URL for webhooks', () => {
  it.each([
    ...[
      'https://pos.example/hooks',
      'https://pos.example:8443/hooks?shop=7',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]/',
    ],
    ...['https://xn--caf-dma.example/', 'https://café.example/', 'HTTPS://POS.EXAMPLE', 'https://localhost.example/'],
  ])('may be %s', (url) => {
    expect(sender.problemOf(url)).toBeNull();
  });

  it.each([
    '',
    'pos.example',
    '/hooks',
    'https://',
    'https://:443/',
    'https://pos.example:65536/',
    'https://[fe80::1%25eth0]/',
  ])('may not be %j, which is none', (url) => {
    expect(sender.problemOf(url)).toMatch(/^must be a URL/);
  });

  it.each([
    ...['https://user:secret@pos.example/', 'https://user@pos.example/', 'https://pos.example/#part'],
    ...['https://pos.exa\tmple/', 'https://pos.example/\nhooks', ' https://pos.example/', 'https://pos.example/\0'],
    ...['https://pos.example/\r\nhost: other', `https://pos.example/${'x'.repeat(2_029)}`],
  ])('may not be %j, which hides something', (url) => {
    expect(sender.problemOf(url)).toMatch(/^must be a URL/);
  });

  it.each([
    'http://pos.example/',
    'ftp://pos.example/',
    'file:///etc/passwd',
    'gopher://pos.example/',
    'data:,x',
    'ws://pos.example/',
  ])('must begin with https://: %s', (url) => {
    expect(sender.problemOf(url)).toBe('must begin with https://');
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.1',
      '0',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '127。0。0。1',
      '１２７.0.0.1',
      '127.0.0.1.',
    ],
    ...['10.0.0.1', '169.254.169.254', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::7f00:1]', '[64:ff9b::7f00:1]'],
    ...['[2002:7f00:1::]', '[fe80::1]', '[fd00::1]', '127.0.0.1:5432'],
    ...[
      'localhost',
      'localhost.',
      'LOCALHOST',
      'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
      'pos.localhost',
      'printer.local',
      'metadata.google.internal',
    ],
  ])('must not name this or a private network: https://%s', (host) => {
    expect(sender.problemOf(`https://${host}/hooks`)).toMatch(/private network$/);
  });

  it('must not look public and be private: what decides is the host that a browser would read', () => {
    expect(sender.problemOf('https://pos.example@127.0.0.1/')).not.toBeNull();
    expect(sender.problemOf('https://127.0.0.1\\@pos.example/')).not.toBeNull();
  });

  it.each([
    'http://localhost:4242/hook',
    'https://localhost/hook',
    'http://127.0.0.1:4242/',
    'http://[::1]:4242/',
    'http://2130706433/',
  ])('may be %s where the operator allows that host', (url) => {
    expect(demo.problemOf(url)).toBeNull();
  });

  it('of an allowed host is bound by the rest all the same', () => {
    expect(demo.problemOf('ftp://localhost/')).toBe('must begin with https://');
    expect(demo.problemOf('http://user@localhost/')).toMatch(/^must be a URL/);
    expect(demo.problemOf('http://localhost.evil.example/')).toBe('must begin with https://');
    expect(demo.problemOf('http://127.0.0.2/')).toBe('must begin with https://');
  });
});
