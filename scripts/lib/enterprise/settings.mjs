/** Kept for people: which of the registries they put away is not for a policy to say. */
const notForPolicies = ['hidden_registries'];

/** `gateway.allow_session_control` as a title: "Gateway: allow session control". */
const titleOf = (key) => {
  const words = key.replace('.', ': ').replaceAll('_', ' ');
  return words[0].toUpperCase() + words.slice(1);
};

function typeOf({ type, enum: choices }) {
  if (choices !== undefined) return 'choice';
  return type === 'array' ? 'list' : type;
}

/**
 * Every setting a policy may have, as the admin templates need it. The Windows registry and property lists name it by its
 * `key`, dots included; `path` are its steps in a file.
 */
export function policySettings({ z, settingSchemas }) {
  return Object.entries(settingSchemas)
    .filter(([key]) => !notForPolicies.includes(key))
    .map(([key, schema]) => {
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      return {
        key,
        path: key.split('.'),
        title: titleOf(key),
        description: json.description.replaceAll('`', ''),
        type: typeOf(json),
        default: json.default,
        example: json.examples?.[0],
        minimum: json.minimum,
        maximum: json.maximum,
        choices: json.enum,
      };
    });
}

/** What the samples enforce and suggest; the same in every format. */
export const sample = {
  enforced: {
    registries: [
      {
        id: 'acme',
        name: 'Acme MCP Registry',
        url: 'https://mcp.acme.example/registry/engineering',
        auth: {
          type: 'oauth',
          oauth: { issuer: 'https://login.acme.example/realms/main', client_id: 'gatepass' },
        },
      },
    ],
    settings: {
      allow_user_registries: false,
      allowed_issuers: ['login.acme.example', '*.okta.com'],
    },
  },
  defaults: { settings: { sign_in_timeout_seconds: 180 } },
};

/** What the native carriers call the two parts that are no settings. */
export const native = { registries: 'Registries', defaults: 'Defaults' };

/** The sample as a property list carries it. */
export function nativeSample() {
  const { enforced, defaults } = sample;
  return {
    [native.registries]: enforced.registries,
    ...enforced.settings,
    [native.defaults]: defaults.settings,
  };
}
