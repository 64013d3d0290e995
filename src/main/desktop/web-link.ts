const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether a link may be handed to `shell.openExternal`, which starts whatever program claims its scheme: `https:`, and
 * `http:` on loopback for development, without user name or password.
 */
export function mayOpenExternally(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname, username, password } = new URL(link);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname));
}
