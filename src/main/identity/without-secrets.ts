/**
 * A provider's text, or nothing of it when it repeats a secret of the request: some name the token they refuse.
 * Only what is long enough to be a secret counts.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.some((secret) => secret.length >= 8 && text.includes(secret)) ? '' : text;
}
