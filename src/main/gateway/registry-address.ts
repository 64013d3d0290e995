/** What a request below `/registry/` asks for. */
export interface RegistryAddress {
  /** The registry's id, decoded. */
  readonly name: string;
  /** Path and query below the registry's base, as they were sent: `/v0.1/servers?limit=1`. */
  readonly path: string;
}

/**
 * Reads `/registry/{name}/v0.1/…` from a request target. Undefined for one that could mean another place to the registry
 * than it does here: a step up, an empty step, a backslash, an escape that decodes to one of these or to an escape, or a
 * space, which a URL loses at its end. What remains is passed on letter by letter, since server names hold an encoded slash.
 */
export function registryAddress(target: string): RegistryAddress | undefined {
  const [path = '', ...query] = target.split('?');
  const [root, area, name = '', ...below] = path.split('/');
  if (root !== '' || area !== 'registry' || below[0] !== 'v0.1' || below.length < 2) return undefined;
  if (!below.every(isPlainStep)) return undefined;
  const decoded = decodedStep(name);
  if (decoded === undefined || decoded === '') return undefined;
  return { name: decoded, path: ['', ...below].join('/') + (query.length > 0 ? `?${query.join('?')}` : '') };
}

function isPlainStep(step: string): boolean {
  const decoded = decodedStep(step);
  if (decoded === undefined || /[ #]/.test(step) || /[%\\\p{C}]/u.test(decoded)) return false;
  return decoded.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function decodedStep(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}
