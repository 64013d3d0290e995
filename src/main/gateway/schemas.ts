import { z } from 'zod';
import { type Code, codes } from '../../contract/codes';
import { type WireCode, wireErrors } from './wire-error';

/*
 * What the gateway answers. The types of the code and the schemas of the OpenAPI document are both made from these.
 */

/** The names of a table as `z.enum` wants them. */
const namesOf = <T extends string>(table: Record<T, unknown>) => Object.keys(table) as [T, ...T[]];

export const authConfigSchema = z
  .strictObject({
    issuer: z.string(),
    client_id: z.string(),
    scopes: z.array(z.string()),
    audience: z.string().optional(),
  })
  .meta({ description: 'How to sign in, without anything secret. Only for `oauth`.' });

export const registrySchema = z.strictObject({
  name: z.string().meta({ description: 'The id, as used in addresses.' }),
  display_name: z.string(),
  type: z.enum(['api', 'static']),
  source: z.string().meta({ description: 'The URL of the registry.' }),
  config_source: z
    .enum(['policy-enforced', 'user', 'policy-default', 'toolhive', 'built-in'])
    .meta({ description: 'Where its configuration came from.' }),
  auth_status: z
    .enum(['none', 'configured', 'authenticated', 'expired'])
    .meta({ description: '`configured` is signed out; `expired` needs a new sign-in.' }),
  auth_type: z.enum(['oauth', 'bearer', '']),
  auth_config: authConfigSchema.optional(),
});

export const registryListSchema = z.strictObject({ registries: z.array(registrySchema) });

export const startedFlowSchema = z.strictObject({
  flow_id: z.string(),
  poll_url: z.string().meta({ format: 'uri', description: 'Where to ask how it goes.' }),
  expires_at: z.string().meta({
    format: 'date-time',
    description: 'When it ends unless the person finishes or asks for more time.',
  }),
});

export const flowStatusSchema = z.strictObject({
  flow_id: z.string(),
  state: z.enum(['pending', 'completed', 'failed', 'expired']),
  code: z
    .enum(namesOf<Code>(codes))
    .optional()
    .meta({ description: 'Why it failed or expired; explained in the list of errors of Gatepass.' }),
});

export const loggedOutSchema = z.strictObject({ status: z.literal('logged_out') });

export const proofSchema = z.strictObject({
  proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({
      description:
        'HMAC-SHA-256 as hex: the key is the token of gateway.json, the message is the nonce followed by the port.',
    }),
});

export const errorSchema = z.strictObject({
  code: z.enum(namesOf<WireCode>(wireErrors)),
  message: z.string().meta({ description: 'For a person to read; only `code` is stable.' }),
  flow_id: z.string().optional().meta({ description: 'The running flow, beside `flow_in_progress`.' }),
});

export type WireProof = z.infer<typeof proofSchema>;
export type WireLoggedOut = z.infer<typeof loggedOutSchema>;
export type WireRegistry = z.infer<typeof registrySchema>;
export type WireRegistryList = z.infer<typeof registryListSchema>;
export type WireStartedFlow = z.infer<typeof startedFlowSchema>;
export type WireError = z.infer<typeof errorSchema>;
export type WireFlowStatus = z.infer<typeof flowStatusSchema>;
