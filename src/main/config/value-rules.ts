import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../base/failure';
import { isProxyAddress } from '../base/net/chosen-proxy';
import { issuerFault } from './issuer';
import { reservedParameters } from './reserved-parameters';

/** What a refused value tells: a whole failure, or the reason of a CFG_INVALID. Never the value. */
export type Refusal = { readonly failure: Failure } | { readonly reason: string };

/** A text that passes `test`; `reason` is the stable word for what is wrong with one that does not. */
const text = (test: (value: string) => boolean, reason: string) =>
  z.string().refine(test, { params: { reason } satisfies Refusal });

/** Printable ASCII without quotes and backslash: what RFC 6749 permits in a scope (A.4) and a client id (A.1) alike. */
const plainCharacters = /^[\x21\x23-\x26\x28-\x5b\x5d-\x7e]+$/;

/** Without control, bidirectional and other invisible characters. */
const visibleCharacters = /^[^\p{C}\u2028\u2029]+$/u;

export const displayName = text(
  (value) => value.length <= 200 && value.trim() !== '' && visibleCharacters.test(value),
  'characters',
);

/** Letters, digits, dot, hyphen and underscore; compared without regard to case or Unicode form. */
export const registryId = text(
  (value) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,99}$/u.test(value),
  'characters',
);

export const issuerAddress = z.string().superRefine((value, context) => {
  const failure = issuerFault(value);
  if (failure !== undefined)
    context.addIssue({ code: 'custom', params: { failure } satisfies Refusal, input: value });
});

/** RFC 6749 A.1 also permits spaces; none of the known providers issues such ids, and a stray one is a mistake. */
export const clientId = text((value) => value.length <= 500 && plainCharacters.test(value), 'characters');

export const scope = text((value) => value.length <= 300 && plainCharacters.test(value), 'characters');

export const audience = text((value) => value.length <= 2000 && visibleCharacters.test(value), 'characters');

/** Ports below 1024 need privileges that the app does not have. */
export const callbackPort = z.int().min(1024).max(65_535);

/** RFC 3986 path of unreserved characters, so that no two spellings of it exist. */
export const callbackPath = text(
  (value) => value.length <= 200 && /^\/[\w.~-]+(\/[\w.~-]+)*$/.test(value) && !/\/\.{1,2}(\/|$)/.test(value),
  'path',
);

export const absolutePath = text(
  (value) => isAbsolute(value) && visibleCharacters.test(value),
  'absolute-path',
);

/** How the network is reached: as the system says, without a proxy, or through one for everything. */
export const proxyChoice = text(
  (value) => value === 'system' || value === 'direct' || isProxyAddress(value),
  'proxy',
);

/** The name of a token that the app stored. */
export const tokenName = text((value) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value), 'characters');

/** An exact host, or `*.suffix` for one or more labels below it. */
export const hostPattern = text(
  (value) => /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(value),
  'host-pattern',
);

const parameterName = /^[A-Za-z0-9._~-]{1,100}$/;

/** Additional parameters of the authorization request (RFC 6749 3.1); numbers and booleans are sent as written. */
export const extraParameters = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .superRefine((parameters, context) => {
    for (const [name, value] of Object.entries(parameters)) {
      const refuse = (refusal: Refusal) => {
        context.addIssue({ code: 'custom', params: refusal, input: value, path: [name] });
      };
      if (reservedParameters.has(name.toLowerCase()))
        refuse({ failure: { code: 'CFG_RESERVED_PARAM', params: { field: name } } });
      else if (!parameterName.test(name)) refuse({ reason: 'parameter-name' });
      else if (!/^[^\p{C}]{0,2000}$/u.test(String(value))) refuse({ reason: 'characters' });
    }
  })
  .transform((parameters) =>
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
  );
