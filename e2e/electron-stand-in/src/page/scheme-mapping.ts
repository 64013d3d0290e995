/**
 * Chromium loads no scheme it does not know, so `app://HOST/path` travels as
 * `https://HOST.app.electron-stand-in.invalid/path`: a secure, standard origin that never resolves.
 */
const SUFFIX = '.electron-stand-in.invalid';
const CUSTOM_URL = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/is;
const MAPPED_URL = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.electron-stand-in\.invalid(.*)$/is;

/** The schemes an app registered as privileged, and the two directions of the mapping. */
export class SchemeMapping {
  private readonly schemes = new Set<string>();

  register(scheme: string): void {
    this.schemes.add(scheme);
  }

  /** The address Chromium is given for the app's address. */
  toChromium(url: string): string {
    const [, scheme, host, rest] = CUSTOM_URL.exec(url) ?? [];
    if (scheme === undefined || !this.schemes.has(scheme.toLowerCase())) return url;
    return `https://${host === undefined || host === '' ? 'host' : host}.${scheme.toLowerCase()}${SUFFIX}${rest ?? ''}`;
  }

  /** The address the app is told for Chromium's address. */
  fromChromium(url: string): string {
    const [, host, scheme, rest] = MAPPED_URL.exec(url) ?? [];
    return host === undefined || scheme === undefined ? url : `${scheme}://${host}${rest ?? ''}`;
  }

  isCustom(url: string): boolean {
    return this.toChromium(url) !== url;
  }

  isMapped(url: string): boolean {
    return MAPPED_URL.test(url);
  }

  /** Source expressions of a Content-Security-Policy that name a custom scheme, rewritten to its mapped hosts. */
  policyToChromium(policy: string): string {
    return [...this.schemes].reduce(
      (text, scheme) =>
        text.replaceAll(
          new RegExp(`(?<=\\s)${scheme}:(?://([^\\s;,/]+))?(?=[\\s;,/]|$)`, 'g'),
          (_source, host: string | undefined) => `https://${host ?? '*'}.${scheme}${SUFFIX}`,
        ),
      policy,
    );
  }
}

export const schemeMapping = new SchemeMapping();
