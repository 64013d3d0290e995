import type { Code } from '../../contract/codes';
import type { Problem } from '../../contract/view-model';

/** A failure as a value: a stable code and what its sentence needs to name. The only form in which errors travel. */
export type Failure = Problem;

/** Either a value or the named reason why there is none. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });

/** @param providerText raw text of a provider; cleaned here, so that no caller can forget it. */
export function failed(code: Code, params: Failure['params'] = {}, providerText?: string): Result<never> {
  return { ok: false, failure: failure(code, params, providerText) };
}

export function failure(code: Code, params: Failure['params'] = {}, providerText?: string): Failure {
  const text = providerText === undefined ? '' : plainText(providerText);
  return text === '' ? { code, params } : { code, params, providerText: text };
}

const longestProviderText = 200;

/**
 * Text of a stranger, safe to show: one line, without control, bidi, zero-width or unassigned characters, at most
 * `longest` characters. Markup needs no treatment, as it is only ever shown as text.
 */
export function plainText(text: string, longest = longestProviderText): string {
  const line = text.slice(0, 4 * longest).replace(/\s+/gu, ' ');
  const visible = Array.from(line.replace(/\p{C}|[\u2028\u2029\ufeff]/gu, ''));
  const cut = visible.length > longest ? [...visible.slice(0, longest - 1), '…'] : visible;
  return cut.join('').trim();
}
