/**
 * Every refusal the gateway can answer with: its code on the wire, its HTTP status, and what it says when there is
 * nothing more exact to say. 503 where the caller did all right and a person has to do something; never 401 for that,
 * since the caller's own token is fine.
 */
export const wireErrors = {
  bad_request: [400, 'The request is not one that the gateway understands.'],
  auth_not_configured: [400, 'This registry has no sign-in that could be started or ended here.'],
  unauthorized: [401, 'Send the token of gateway.json as "Authorization: Bearer".'],
  forbidden_origin: [403, 'Web pages may not use the gateway.'],
  session_control_disabled: [
    403,
    'Starting and ending sign-ins is switched off; a person can switch it on in the settings of Gatepass.',
  ],
  setting_locked: [403, 'Starting and ending sign-ins is switched off by the organization.'],
  registry_forbidden: [403, 'The registry does not let this account read it; its owner can give access.'],
  not_found: [404, 'There is nothing at this address.'],
  method_not_allowed: [405, 'This method is not offered at this address.'],
  flow_in_progress: [409, 'A sign-in to this registry is already running.'],
  confirmation_required: [
    409,
    'A person has to confirm this registry’s address or its sign-in service first, in the window of Gatepass.',
  ],
  payload_too_large: [413, 'The body is larger than 1 MiB.'],
  misdirected_request: [421, 'The Host header must name the gateway by its loopback address and port.'],
  too_many_requests: [429, 'More than 64 requests at once.'],
  internal_error: [500, 'Gatepass made a mistake.'],
  registry_auth_required: [503, 'A person has to sign in to this registry in Gatepass.'],
  registry_unavailable: [503, 'The registry cannot be reached.'],
} as const;

export type WireCode = keyof typeof wireErrors;
