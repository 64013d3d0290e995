/** A file's keys as an editor should know them: one that the app would list as unknown is marked while it is typed. */
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  // What zod means by "an integer" is nothing that a person has to be told.
  if (parts.maximum === Number.MAX_SAFE_INTEGER) delete parts.maximum;
  const isClosed = parts.type === 'object' && parts.properties !== undefined;
  return isClosed ? { ...parts, additionalProperties: false } : parts;
}

function settingsSchema(settingSchemas, json) {
  const properties = {};
  for (const [key, schema] of Object.entries(settingSchemas)) {
    const [group, name] = key.split('.');
    if (name === undefined) properties[group] = json(schema);
    else {
      properties[group] ??= { type: 'object', properties: {} };
      properties[group].properties[name] = json(schema);
    }
  }
  return { type: 'object', properties };
}

/** JSON Schema 2020-12 of a configuration file and of a policy file. */
export function jsonSchemas({ z, settingSchemas, registrySchema, toolhiveSchema, versionSchema }) {
  const json = (schema) => {
    const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    // The dialect is said once, at the top.
    delete made.$schema;
    return made;
  };
  const single = json(toolhiveSchema.partial()).properties;
  delete single.registry_auth.required;
  delete single.registry_auth.properties.oauth.required;
  const part = {
    type: 'object',
    properties: {
      version: json(versionSchema),
      registries: { type: 'array', items: json(registrySchema) },
      settings: settingsSchema(settingSchemas, json),
      ...single,
    },
  };
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return {
    config: strict({ $schema, title: 'Gatepass configuration (config.yaml)', ...part }),
    policy: strict({
      $schema,
      title: 'Gatepass policy (policy.yaml)',
      type: 'object',
      properties: {
        enforced: { description: 'Locked: nobody can change it.', $ref: '#/$defs/part' },
        defaults: {
          description: 'Suggested: counts until a person chooses something else.',
          $ref: '#/$defs/part',
        },
      },
      $defs: { part },
    }),
  };
}
