import type { Failure, Result } from '../../base/failure';
import { failed, success } from '../../base/failure';
import type { Secret } from '../../base/secret';
import { type Registry, toolhiveTokenVariable } from '../../config';
import type { StoredTokens } from './stored-tokens';
import { readTokenFile } from './token-file';
import { tokenIn } from './token-text';

/** Where a token comes from. */
export type TokenOrigin =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stored' };

export interface FoundToken {
  readonly origin: TokenOrigin;
  readonly token: Secret;
  /** It is used, and something about it is worth telling. */
  readonly warning?: Failure;
  /** Why it will not outlive the app. */
  readonly notRemembered?: Failure;
}

export interface TokenPlaces {
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly stored: Pick<StoredTokens, 'read'>;
}

/**
 * The token of a registry from the first place that has one: environment, file, the app's own. Undefined when none has.
 * A place that has something else than a token ends the search with why, instead of a quiet use of the next one.
 */
export async function findToken(
  registry: Registry,
  { environment, stored }: TokenPlaces,
): Promise<Result<FoundToken | undefined>> {
  const name = variablesOf(registry).find((variable) => (environment[variable] ?? '') !== '');
  if (name !== undefined) {
    const token = tokenIn(environment[name] ?? '');
    if (token === undefined) return failed('TOKEN_UNUSABLE', { reason: 'token-environment', place: name });
    return success({ origin: { kind: 'environment', name }, token });
  }
  const path = registry.auth.type === 'bearer' ? registry.auth.tokenFile : undefined;
  if (path !== undefined) {
    const file = await readTokenFile(path);
    if (!file.ok) return file;
    if (file.value !== undefined) return success({ origin: { kind: 'file', path }, ...file.value });
  }
  const own = await stored.read(registry);
  return success(own && { origin: { kind: 'stored' }, ...own });
}

/** The environment variables that may hold a registry's token, the first that is set counts. */
function variablesOf({ id, source }: Registry): readonly string[] {
  const own = `GATEPASS_REGISTRY_TOKEN_${id.toUpperCase().replaceAll('-', '_')}`;
  return source === 'toolhive' ? [own, toolhiveTokenVariable] : [own];
}
