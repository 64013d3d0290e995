import type { Code } from '../../contract/codes';
import type { FieldProblem, RegistryFormField } from '../../contract/registry-form';
import type { Failure } from '../base/failure';

/** The keys of an entry by their name in the form. */
const fieldOfKey: ReadonlyMap<string, RegistryFormField> = new Map([
  ['name', 'name'],
  ['url', 'url'],
  ['allow_private_ip', 'allowPrivateIp'],
  ['type', 'authType'],
  ['issuer', 'issuer'],
  ['client_id', 'clientId'],
  ['scopes', 'scopes'],
  ['audience', 'audience'],
  ['audience_parameter', 'audienceParameter'],
  ['callback_host', 'callbackHost'],
  ['callback_port', 'callbackPort'],
  ['callback_path', 'callbackPath'],
  ['token_file', 'tokenFile'],
]);

/** What is said of an entry as a whole, and still is about one of its values. */
const fieldOfCode: ReadonlyMap<Code, RegistryFormField> = new Map([
  ['CFG_MANAGED_URL', 'url'],
  ['CFG_DUPLICATE_REGISTRY', 'url'],
  ['CFG_ISSUER_NOT_ALLOWED', 'issuer'],
]);

/** A failure of reading an entry, at its field of the form: `auth.oauth.scopes[1]` is the field `scopes`. */
export function atItsField(failure: Failure): FieldProblem {
  const path = String(failure.params['field'] ?? '').replace(/\[\d+\]$/, '');
  const field = fieldOfKey.get(path.slice(path.lastIndexOf('.') + 1)) ?? fieldOfCode.get(failure.code);
  return fieldProblem(failure, field);
}

/** @param field absent for what no single field is to blame for */
export function fieldProblem(failure: Failure, field?: RegistryFormField): FieldProblem {
  const suggestion = suggestionIn(failure);
  return {
    problem: failure,
    ...(field !== undefined && { field }),
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** "Did you mean …": the issuer that a metadata address belongs to, or the spelling with or without the last slash. */
function suggestionIn({ code, params }: Failure): string | undefined {
  const proposed =
    code === 'CFG_ISSUER_IS_METADATA_URL' ? (params['suggestion'] ?? params['issuer']) : params['suggestion'];
  return typeof proposed === 'string' ? proposed : undefined;
}
