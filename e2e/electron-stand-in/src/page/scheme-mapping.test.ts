import { beforeEach, describe, expect, it } from 'vitest';
import { SchemeMapping } from './scheme-mapping';

let mapping: SchemeMapping;
beforeEach(() => {
  mapping = new SchemeMapping();
  mapping.register('app');
});

describe('the mapping of an app’s own scheme', () => {
  it('goes to a secure host that never resolves, and back', () => {
    const mapped = mapping.toChromium('app://main/index.html?q=1#part');
    expect(mapped).toBe('https://main.app.electron-stand-in.invalid/index.html?q=1#part');
    expect(mapping.fromChromium(mapped)).toBe('app://main/index.html?q=1#part');
    expect(mapping.isMapped(mapped)).toBe(true);
  });

  it('leaves every other address alone', () => {
    for (const url of [
      'https://example.invalid/app://',
      'about:blank',
      'other://x/',
      'file:///a',
      'app:opaque',
    ]) {
      expect(mapping.toChromium(url)).toBe(url);
      expect(mapping.fromChromium(url)).toBe(url);
      expect(mapping.isMapped(url)).toBe(false);
    }
  });

  it('keeps two hosts apart, so that they are two origins', () => {
    const origins = ['app://a/', 'app://b/'].map((url) => new URL(mapping.toChromium(url)).origin);
    expect(new Set(origins).size).toBe(2);
  });

  it('rewrites a policy that names the scheme, with or without a host, and nothing else', () => {
    expect(mapping.policyToChromium("default-src 'self' app: app://cdn data:; connect-src app:")).toBe(
      "default-src 'self' https://*.app.electron-stand-in.invalid https://cdn.app.electron-stand-in.invalid data:; " +
        'connect-src https://*.app.electron-stand-in.invalid',
    );
    expect(mapping.policyToChromium('img-src webapp: https://app:8080')).toBe(
      'img-src webapp: https://app:8080',
    );
  });
});
