/**
 * Parses a JSON object as a provider's metadata must be: nested no deeper than 20 and without a repeated name at its
 * top level, since two readers of such a document may see two different addresses. Undefined for everything else.
 */
export function parseStrictObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const parsed = parseJson(text);
  return isObject(parsed) && !isTooDeep(text) && !repeatsNames(text) ? parsed : undefined;
}

/** Undefined for what is no JSON; a JSON `null` is null. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const deepest = 20;

/** Strings, or one of the characters that structure a document that is known to be JSON. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/g;

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth > deepest) return true;
  }
  return false;
}

function repeatsNames(text: string): boolean {
  const names = new Set<unknown>();
  let depth = 0;
  let previous = '';
  for (const [token] of text.matchAll(tokens)) {
    if (token === ':' && depth === 1) {
      const name = JSON.parse(previous) as unknown;
      if (names.has(name)) return true;
      names.add(name);
    }
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    previous = token;
  }
  return false;
}

/** A member of its own, never one of the prototype. */
export function member(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether an answer says of itself that it is JSON: `application/json` or anything `+json` (RFC 6839 3.1). */
export const isJson = ({ headers }: { readonly headers: Pick<Headers, 'get'> }): boolean =>
  /^application\/([a-z0-9!#$&^_.-]+\+)?json\s*(;|$)/i.test(headers.get('content-type')?.trim() ?? '');
