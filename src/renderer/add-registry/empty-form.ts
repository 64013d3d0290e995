import type { RegistryFormValues } from '../../contract/registry-form';

/** A form in which nothing was typed yet; empty texts mean the defaults, which main knows. */
export const emptyForm: RegistryFormValues = {
  name: '',
  url: '',
  allowPrivateIp: false,
  authType: 'oauth',
  issuer: '',
  clientId: '',
  scopes: '',
  audience: '',
  audienceParameter: 'audience',
  callbackHost: 'automatic',
  callbackPort: '',
  callbackPath: '',
  tokenFile: '',
};
