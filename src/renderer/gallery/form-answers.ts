import type {
  RegistryForm,
  RegistryFormCheck,
  RegistryFormValues,
  SignInSaid,
} from '../../contract/registry-form';
import { emptyForm } from '../add-registry/empty-form';

export const redirectUri = 'http://127.0.0.1:8666/callback';
const issuer = 'https://login.acme.example/realms/main';

/** A registry as its form is opened for editing. */
export const written: RegistryFormValues = {
  ...emptyForm,
  name: 'Globex',
  url: 'https://registry.globex.example/v0',
  issuer: 'https://login.globex.example/',
  clientId: 'gatepass-desktop',
  scopes: 'openid offline_access api://mcp/read',
  audience: 'api://mcp',
};

const offer = (host: string, clientId: string) => ({
  issuerHost: host,
  values: {
    issuer: `https://${host}/realms/main`,
    clientId,
    scopes: 'openid offline_access',
    audience: 'https://mcp.acme.example',
    audienceParameter: 'audience' as const,
    callbackHost: 'automatic' as const,
  },
});

/** Two services where the host says so, else one that says everything. */
export function said({ url }: RegistryFormValues): SignInSaid {
  const registryHost = new URL(url).host;
  const first = offer('login.acme.example', 'gatepass');
  return registryHost.startsWith('several')
    ? { kind: 'offers', registryHost, offers: [first, offer('partners.acme.example', '')] }
    : { kind: 'offers', registryHost, offers: [first] };
}

/** Refused where the issuer lacks its path, else good. */
export function check({ values, replaces }: RegistryForm): RegistryFormCheck {
  if (replaces === undefined && values.issuer === 'https://login.acme.example/')
    return {
      kind: 'refused',
      problems: [
        {
          field: 'issuer',
          problem: { code: 'DISC_ISSUER_MISMATCH', params: { issuer: values.issuer, actual: issuer } },
          suggestion: issuer,
        },
        { field: 'clientId', problem: { code: 'CFG_INVALID', params: { reason: 'missing' } } },
      ],
    };
  const { host } = new URL(values.url);
  return {
    kind: 'good',
    facts: {
      name: values.name === '' ? host : values.name,
      url: values.url,
      registryHost: host,
      signIn: {
        issuer: values.issuer,
        issuerHost: new URL(values.issuer).host,
        clientId: values.clientId,
        scopes: values.scopes === '' ? ['openid', 'offline_access'] : values.scopes.split(' '),
        audience: values.audience,
        redirectUri,
      },
    },
    warnings: [],
    consequences: replaces === undefined ? [] : ['session-left'],
    toConfirm: replaces === undefined ? [] : ['CFG_ISSUER_CHANGED'],
  };
}
