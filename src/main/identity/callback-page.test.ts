import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { callbackPage, pageHeaders, type PageKind } from './callback-page';

const kinds: readonly PageKind[] = ['return', 'start-again', 'nothing-here'];

test.each(kinds)('%s is static: no script, no form, no link, nothing loaded', (kind) => {
  const page = callbackPage(kind);
  expect(page).not.toMatch(/<script|<form|<a |<img|<iframe|http/i);
  expect(page).toContain('<html lang="en">');
});

test('the policy allows the style of the page, and nothing else', () => {
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(callbackPage('return')) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(pageHeaders['Content-Security-Policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  expect(pageHeaders).toMatchObject({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
});

test.each([
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-US,en;q=0.9,de;q=0.8', 'en'],
  ['den', 'en'],
  ['', 'en'],
  ['"><script>alert(1)</script>', 'en'],
])('a browser that asks for %j reads it in %s', (asked, language) => {
  const page = callbackPage('return', asked);
  expect(page).toContain(`<html lang="${language}">`);
  expect(page).not.toContain('alert');
});
