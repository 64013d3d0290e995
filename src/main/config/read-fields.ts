import type { z } from 'zod';
import { failure, type Failure } from '../base/failure';
import { nearestName } from './nearest-name';
import type { Problems } from './problems';
import type { Refusal } from './value-rules';
import type { Path } from './yaml-file';
import { isMapping } from './yaml-values';

type Shape = Readonly<Record<string, z.ZodType>>;

type Complete<S extends Shape> = { readonly [K in keyof S]: z.output<S[K]> };

/** What a mapping says, field by field: one bad field takes no other with it. */
interface Fields<S extends Shape> {
  /** All of them, defaults filled in; absent when any is bad. */
  readonly complete?: Complete<S>;
  /** The good ones. */
  readonly values: Partial<Complete<S>>;
  /** The bad ones; already reported. */
  readonly failures: ReadonlyMap<keyof S, Failure>;
}

/** Secrets that people look for a place for; no file of ours is one. */
const secretNames: ReadonlySet<string> = new Set(['client_secret', 'client_assertion']);

/**
 * Reads the fields of a mapping by their schemas. Unknown keys are tolerated and reported with the nearest known name.
 * @param path of the mapping from the top of its file
 */
export function readFields<S extends Shape>(
  shape: S,
  mapping: unknown,
  path: Path,
  problems: Problems,
): Fields<S> {
  const given = isMapping(mapping) ? mapping : {};
  const values: Record<string, unknown> = {};
  const failures = new Map<keyof S, Failure>();
  for (const [key, schema] of Object.entries(shape)) {
    const field = readField(schema, given[key], [...path, key], problems);
    if (field.ok) values[key] = field.value;
    else failures.set(key, field.failure);
  }
  reportUnknownKeys(given, Object.keys(shape), path, problems);
  // Each value was made by the schema of its own key, which the type of a loop cannot say.
  const complete = values as Complete<S>;
  return { values: complete, failures, ...(failures.size === 0 && { complete }) };
}

/** zod's messages would repeat what was written, and fail over an object with a `constructor` of its own. */
const withoutMessages = { error: () => 'refused' };

/** Reads one value by its schema; a bad one is reported. */
export function readField<T extends z.ZodType>(
  schema: T,
  value: unknown,
  path: Path,
  problems: Problems,
): { ok: true; value: z.output<T> } | { ok: false; failure: Failure } {
  const parsed = schema.safeParse(value, withoutMessages);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [first] = parsed.error.issues;
  const refused = first === undefined ? failure('CFG_INVALID') : refusalOf(first, value === undefined);
  problems.report([...path, ...stepsOf(first)], refused);
  return { ok: false, failure: withField(refused, path) };
}

/** One mapping with more of them is another program's file; the first ones say so. */
const mostUnknownKeys = 20;

export function reportUnknownKeys(
  mapping: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: Path,
  problems: Problems,
): void {
  const unknown = Object.keys(mapping).filter((key) => !known.includes(key));
  for (const key of unknown.slice(0, mostUnknownKeys)) {
    const place = [...path, key];
    if (secretNames.has(key)) problems.report(place, failure('CFG_INVALID', { reason: 'secret' }));
    else problems.report(place, failure('CFG_UNKNOWN_KEY', { nearest: nearestName(key, known) }));
  }
}

/** Says why a value was refused, in the schema's words only. */
function refusalOf(issue: z.core.$ZodIssue, isMissing: boolean): Failure {
  if (isMissing && issue.path.length === 0) return failure('CFG_INVALID', { reason: 'missing' });
  if (issue.code === 'custom') {
    const refusal = issue.params as Refusal | undefined;
    if (refusal !== undefined && 'failure' in refusal) return refusal.failure;
    return failure('CFG_INVALID', { reason: refusal?.reason ?? 'value' });
  }
  if (issue.code === 'invalid_type')
    return failure('CFG_INVALID', { reason: 'type', expected: issue.expected });
  if (issue.code === 'invalid_value')
    return failure('CFG_INVALID', { reason: 'choice', expected: issue.values.join(', ') });
  if (issue.code === 'too_small')
    return failure('CFG_INVALID', { reason: 'range', minimum: String(issue.minimum) });
  if (issue.code === 'too_big')
    return failure('CFG_INVALID', { reason: 'range', maximum: String(issue.maximum) });
  return failure('CFG_INVALID', { reason: 'value' });
}

/** The way from a field to the part of it that is wrong: an item of a list, a parameter. */
const stepsOf = (issue: z.core.$ZodIssue | undefined): (string | number)[] =>
  (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));

const withField = ({ code, params }: Failure, path: Path): Failure =>
  failure(code, { field: String(path.at(-1) ?? ''), ...params });
