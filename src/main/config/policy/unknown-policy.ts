import { failure } from '../../base/failure';
import type { Layer, LayerSettings } from '../layer';
import { settingKeys } from '../schema';

/**
 * What a policy that is there and cannot be read at all has to mean: it may lock any setting and forbid any registry, so
 * every setting is locked at its built-in value and no registry is used. They are listed, so that people see why.
 */
export function unknownPolicy(location: string): Layer {
  const settings: LayerSettings = Object.fromEntries(
    settingKeys.map((key) => [key, { kind: 'invalid' } as const]),
  );
  return {
    source: 'policy-enforced',
    location,
    registries: [],
    settings,
    problems: [],
    blocksRegistries: failure('CFG_POLICY_UNKNOWN', { location }),
  };
}
