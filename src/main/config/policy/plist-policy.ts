import { parseBuffer } from 'bplist-parser';
import { parse } from 'plist';
import { failed, type Result } from '../../base/failure';
import type { Layer } from '../layer';
import { decodeText } from '../text-file';
import { isMapping, type Mapping, unusable } from '../yaml-values';
import { nativePolicy } from './native-policy';
import { policyLayers } from './policy-layers';

const deepestNesting = 50;

/** Of half a list the library prints what it found in it. */
const wholeList = /<plist[\s>].*<\/plist>\s*$/s;

/** A policy as a property list, in XML or binary: macOS itself writes managed preferences in either. */
export function plistPolicy(content: Buffer, location: string): Promise<Result<readonly Layer[]>> {
  return Promise.resolve(read(content, location));
}

function read(content: Buffer, location: string): Result<readonly Layer[]> {
  const top = topOf(content);
  if (!isMapping(top)) return failed('CFG_INVALID', { reason: 'property-list' });
  return policyLayers(nativePolicy(top), location);
}

/** Undefined for what is no property list; the libraries' own words could repeat its text. */
function topOf(content: Buffer): unknown {
  try {
    const isBinary = content.toString('latin1', 0, 6) === 'bplist';
    if (isBinary) return plainValue(parseBuffer(content)[0]);
    const text = decodeText(content);
    return text.ok && wholeList.test(text.value) ? plainValue(parse(text.value)) : undefined;
  } catch {
    return undefined;
  }
}

/** Dates, data and numbers beyond JavaScript's are nothing that a setting can mean. Throws where it nests too deeply. */
function plainValue(value: unknown, depth = 0): unknown {
  if (depth > deepestNesting) throw new RangeError('nesting');
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((item) => plainValue(item, depth + 1));
  return isDictionary(value) ? plainMapping(value, depth) : unusable;
}

function plainMapping(value: Mapping, depth: number): Mapping {
  const mapping: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) mapping[key] = plainValue(item, depth + 1);
  return mapping;
}

function isDictionary(value: unknown): value is Mapping {
  if (!isMapping(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
