import { failed, type Result, success } from '../../base/failure';
import type { Layer } from '../layer';
import { Problems } from '../problems';
import { reportUnknownKeys } from '../read-fields';
import { readLayer } from '../read-layer';
import { isMapping, type Mapping } from '../yaml-values';
import type { Path, YamlFile } from '../yaml-file';

/** What a carrier delivered: `enforced` and `defaults`, each in the schema of a configuration file. */
export interface PolicyContent {
  readonly value: unknown;
  /** Absent where the carrier has no lines. */
  readonly lineOf?: YamlFile['lineOf'];
}

/** The two parts of a policy and the source their values have. */
const parts = [
  ['enforced', 'policy-enforced'],
  ['defaults', 'policy-default'],
] as const;

/**
 * What a policy says, checked on its own. Fails as a whole where what it would lock cannot be told: whoever reads it
 * then keeps to the last policy that was good.
 */
export function policyLayers(content: PolicyContent, location: string): Result<readonly Layer[]> {
  const { value, lineOf } = content;
  const policy = value ?? {};
  if (!isMapping(policy)) return failed('CFG_INVALID', { reason: 'type', expected: 'mapping', line: 1 });
  const problems = new Problems(location, lineOf);
  reportUnknownKeys(
    policy,
    parts.map(([part]) => part),
    [],
    problems,
  );
  const layers: Layer[] = [];
  for (const [part, source] of parts) {
    const lineOfPart = lineOf && ((path: Path) => lineOf([part, ...path]));
    const given = policy[part] ?? {};
    const fault = shapeFault(given, part, lineOfPart);
    if (fault !== undefined) return fault;
    const layer = readLayer(given, {
      source,
      location,
      ...(lineOfPart !== undefined && { lineOf: lineOfPart }),
    });
    if (!layer.ok) return layer;
    layers.push(layer.value);
  }
  const [enforced, ...others] = layers;
  if (enforced === undefined) return success(layers);
  return success([{ ...enforced, problems: [...problems.all(), ...enforced.problems] }, ...others]);
}

/** A list of registries that is none hides registries of which nobody could tell what they protect. */
function shapeFault(
  given: unknown,
  part: string,
  lineOf: YamlFile['lineOf'] | undefined,
): Result<never> | undefined {
  const fault = (field: string, expected: string, path: Path) => {
    const line = lineOf?.(path);
    return failed('CFG_INVALID', {
      field,
      reason: 'type',
      expected,
      ...(line !== undefined && { line }),
    });
  };
  if (!isMapping(given)) return fault(part, 'mapping', []);
  const { registries } = given satisfies Mapping;
  const isList = registries === undefined || registries === null || Array.isArray(registries);
  return isList ? undefined : fault(`${part}.registries`, 'list', ['registries']);
}
