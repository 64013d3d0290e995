import { z } from 'zod';
import {
  authConfigSchema,
  errorSchema,
  flowStatusSchema,
  loggedOutSchema,
  proofSchema,
  registryListSchema,
  registrySchema,
  startedFlowSchema,
} from './schemas';
import { type WireCode, wireErrors } from './wire-error';

const schemas = {
  AuthConfig: authConfigSchema,
  Error: errorSchema,
  FlowStatus: flowStatusSchema,
  LoggedOut: loggedOutSchema,
  Proof: proofSchema,
  Registry: registrySchema,
  RegistryList: registryListSchema,
  StartedFlow: startedFlowSchema,
};
type SchemaName = keyof typeof schemas;

const addressOf = (name: string): string => `#/components/schemas/${name}`;

/** The named schemas, as JSON Schema 2020-12, which OpenAPI 3.1 speaks. */
export function componentSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { uri: addressOf }).schemas;
  return Object.fromEntries(Object.entries(made).map(([name, schema]) => [name, withoutAddress(schema)]));
}

/** A component's address is its place in the document. */
const withoutAddress = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$id' && key !== '$schema'));

const refTo = (name: SchemaName) => ({ $ref: addressOf(name) });

export const answers = (description: string, name: SchemaName) => ({
  description,
  content: { 'application/json': { schema: refTo(name) } },
});

const registrysOwn = { type: 'object', description: 'In the registry’s own words.' };

/** The refusals of an operation, by status: those that share one differ in `code`. */
export function refusals(codes: readonly WireCode[]) {
  return byStatus(codes, (description) => answers(description, 'Error'));
}

/** The same where a registry may answer with that status too, in its own words. */
export function refusalsBesideRegistry(codes: readonly WireCode[]) {
  return byStatus(codes, (description) => ({
    description: `${description} Or the registry’s own answer.`,
    content: {
      'application/json': { schema: { anyOf: [refTo('Error'), registrysOwn] } },
      'application/problem+json': { schema: registrysOwn },
    },
  }));
}

function byStatus<T>(codes: readonly WireCode[], responseOf: (description: string) => T): Record<string, T> {
  const statuses = new Set(codes.map((code) => wireErrors[code][0]));
  const textOf = (status: number) =>
    codes
      .filter((code) => wireErrors[code][0] === status)
      .map((code) => `\`${code}\`: ${wireErrors[code][1]}`)
      .join(' ');
  return Object.fromEntries([...statuses].map((status) => [status, responseOf(textOf(status))]));
}

export function parameter(name: string, place: 'path' | 'query', description: string, schema: object = {}) {
  return { name, in: place, required: true, description, schema: { type: 'string', ...schema } };
}

export function optional(name: string, description: string, schema: object = {}) {
  return { ...parameter(name, 'query', description, schema), required: false };
}
