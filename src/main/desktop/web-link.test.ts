import { expect, test } from 'vitest';
import { mayOpenExternally } from './web-link';

test.each([
  'https://login.acme.example/authorize?x=1',
  'http://127.0.0.1:8080/',
  'http://localhost/',
  'http://[::1]:1/',
])('%s may be opened', (link) => {
  expect(mayOpenExternally(link)).toBe(true);
});

test.each([
  'http://login.acme.example/',
  'http://127.0.0.1.evil.example/',
  'https://user:password@login.acme.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ms-msdt:/id',
  'smb://host/share',
  'vscode://x',
  '//login.acme.example',
  'https:',
  '',
])('%s may not', (link) => {
  expect(mayOpenExternally(link)).toBe(false);
});
