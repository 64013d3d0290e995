import { idKey } from './id-key';
import { addressParts } from './url';

/** An id made from a name, else from the host and path of an address, else from a position in a list. */
export function slugOf(name: string | undefined, url: string, position: string): string {
  const parts = addressParts(url);
  const ofAddress = parts === undefined ? '' : slug(`${parts.authority}${parts.path}`);
  return slug(name ?? '') || ofAddress || `registry-${position}`;
}

/** Lower-case letters and digits of ASCII, everything else a single hyphen; letters lose their accents. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
}

/** An id for a registry that is added: its slug, with a number when that is taken. */
export function uniqueId(
  { name, url }: { name?: string | undefined; url: string },
  taken: readonly string[],
): string {
  const keys = new Set(taken.map(idKey));
  const wanted = slugOf(name, url, '1');
  for (let number = 2, id = wanted; ; number++) {
    if (!keys.has(idKey(id))) return id;
    id = `${wanted}-${number}`;
  }
}
