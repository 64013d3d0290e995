import type { Registry } from '../../config';
import { aRegistry } from './registries';

/** A registry that takes a token, from the app itself unless a test says where else. */
export const aBearerRegistry = (
  url: string,
  bearer: { readonly tokenFile?: string; readonly tokenRef?: string } = {},
  changes: Partial<Registry> = {},
): Registry => aRegistry(url, { auth: { type: 'bearer', ...bearer }, ...changes });
