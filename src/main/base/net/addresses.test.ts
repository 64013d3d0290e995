import { describe, expect, test } from 'vitest';
import { isAllowed, isLocalhostName, kindOfAddress, literalAddress } from './addresses';

test.each([
  ['198.51.100.7', 'public'],
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
  ['64:ff9b::808:808', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['127.0.0.1', 'private'],
  ['127.255.255.254', 'private'],
  ['0.0.0.0', 'private'],
  ['10.1.2.3', 'private'],
  ['100.100.100.100', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.0.1', 'private'],
  ['255.255.255.255', 'private'],
  ['::', 'private'],
  ['::1', 'private'],
  ['::ffff:127.0.0.1', 'private'],
  ['::ffff:7f00:1', 'private'],
  ['64:ff9b::a00:1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['ff02::1', 'private'],
  ['169.254.169.254', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
])('%s is %s', (address, kind) => {
  expect(kindOfAddress(address)).toBe(kind);
});

describe('rules', () => {
  test('any refuses link-local only, public refuses private as well', () => {
    expect(['8.8.8.8', '10.0.0.1', '169.254.1.1'].map((one) => isAllowed(one, 'any'))).toEqual([
      true,
      true,
      false,
    ]);
    expect(['8.8.8.8', '10.0.0.1', '169.254.1.1'].map((one) => isAllowed(one, 'public'))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test.each([
  ['http://127.0.0.1/', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://0177.0.0.1/', '127.0.0.1'],
  ['http://[::1]/', '::1'],
  ['http://127.0.0.1.example/', undefined],
])('%s names the literal address %s', (url, address) => {
  expect(literalAddress(new URL(url).hostname)).toBe(address);
});

test('localhost and all below it mean this computer', () => {
  expect(
    ['localhost', 'LOCALHOST.', 'x.localhost', 'localhost.example', 'mylocalhost'].map(isLocalhostName),
  ).toEqual([true, true, true, false, false]);
});
