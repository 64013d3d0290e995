import type { ConfigSource, Layer, Reading } from './layer';
import type { Registry } from './registry';

/** Where `thv` takes a registry's token from, before anything else. */
export const toolhiveTokenVariable = 'TOOLHIVE_REGISTRY_AUTH_TOKEN';

/** ToolHive's registry, read with the token of the environment wherever there is one, as `thv` reads it. */
export function withToolhiveToken(
  source: ConfigSource,
  env: Readonly<Partial<Record<string, string>>>,
): ConfigSource {
  if ((env[toolhiveTokenVariable] ?? '') === '') return source;
  return {
    read: async () => withBearerTokens(await source.read()),
    watch: (changed) => source.watch(changed),
  };
}

function withBearerTokens(reading: Reading): Reading {
  if (reading.kind === 'absent' || reading.layers === undefined) return reading;
  return { ...reading, layers: reading.layers.map(withBearerTokensIn) };
}

const withBearerTokensIn = (layer: Layer): Layer => ({
  ...layer,
  registries: layer.registries.map((registry) =>
    takesToken(registry) ? { ...registry, auth: { type: 'bearer' } } : registry,
  ),
});

/** A static file is never sent a token; one whose configuration is broken is not used at all. */
const takesToken = ({ kind, blocked }: Registry): boolean => kind !== 'static' && blocked === undefined;
