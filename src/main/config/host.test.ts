import { describe, expect, test } from 'vitest';
import { hasSuspiciousHost, isLinkLocalHost, isLoopbackHost } from './host';

const hostnameOf = (url: string) => new URL(url).hostname;

describe('this computer', () => {
  test.each([
    'http://localhost',
    'http://LOCALHOST',
    'http://127.0.0.1',
    'http://127.255.0.9',
    'http://2130706433',
    'http://[::1]',
  ])('is what %s leads to', (url) => {
    expect(isLoopbackHost(hostnameOf(url))).toBe(true);
  });

  test.each([
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://128.0.0.1',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
    'http://mcp.acme.example',
  ])('is not what %s leads to', (url) => {
    expect(isLoopbackHost(hostnameOf(url))).toBe(false);
  });
});

test.each([
  ['http://169.254.169.254', true],
  ['http://[fe80::1]', true],
  ['http://[::ffff:169.254.169.254]', true],
  ['http://169.255.0.1', false],
  ['http://[fd00::1]', false],
  ['http://metadata.acme.example', false],
])('%s is where clouds keep their metadata services: %s', (url, isLinkLocal) => {
  expect(isLinkLocalHost(hostnameOf(url))).toBe(isLinkLocal);
});

describe('a host that may look like another one', () => {
  test.each([
    ['a letter of another script', 'https://аcme.example'],
    ['punycode', 'https://xn--cme-5cd.example'],
    ['punycode in capitals, below the first label', 'https://login.XN--CME-5CD.example'],
    ['an invisible character', 'https://ac\u200bme.example'],
    ['a character that turns the direction', 'https://acme\u202e.example'],
    ['punycode behind a user name', 'https://acme.example@xn--cme-5cd.example'],
  ])('has %s', (_what, url) => {
    expect(hasSuspiciousHost(url)).toBe(true);
  });

  test.each([
    ['a plain host', 'https://acme.example'],
    ['other letters in the path only', 'https://acme.example/größe'],
    ['other letters in the query only', 'https://acme.example?q=größe'],
    ['"xn--" inside a label', 'https://fox-xn--1.example'],
    ['no host at all', 'acme'],
  ])('is not one with %s', (_what, url) => {
    expect(hasSuspiciousHost(url)).toBe(false);
  });
});
