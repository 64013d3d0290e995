import { createHash } from 'node:crypto';
import { build } from 'plist';
import { native, nativeSample } from './settings.mjs';

const domain = 'app.gatepass.desktop';

/** A UUID that is the same at every run, since profiles are told apart by it. */
function uuid(name) {
  const hex = createHash('sha256').update(`${domain}/${name}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
    .join('-')
    .toUpperCase();
}

/** A configuration profile that delivers the sample as managed preferences of the app. */
export function mobileconfig() {
  return `${build({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: `${domain}.profile`,
    PayloadUUID: uuid('profile'),
    PayloadDisplayName: 'Gatepass',
    PayloadDescription: 'Registries and settings of Gatepass.',
    PayloadOrganization: 'Acme',
    PayloadScope: 'System',
    PayloadRemovalDisallowed: true,
    PayloadContent: [
      {
        PayloadType: domain,
        PayloadVersion: 1,
        PayloadIdentifier: `${domain}.settings`,
        PayloadUUID: uuid('settings'),
        PayloadDisplayName: 'Gatepass',
        ...nativeSample(),
      },
    ],
  })}\n`;
}

const types = { boolean: 'boolean', integer: 'integer', string: 'string', choice: 'string', list: 'array' };

function subkey({ key, title, description, type, default: value, minimum, maximum, choices }) {
  return {
    pfm_name: key,
    pfm_title: title,
    pfm_description: description,
    pfm_type: types[type],
    ...(value !== undefined && { pfm_default: value }),
    ...(minimum !== undefined && { pfm_range_min: minimum }),
    ...(maximum !== undefined && { pfm_range_max: maximum }),
    ...(choices !== undefined && { pfm_range_list: choices }),
    ...(type === 'list' && { pfm_subkeys: [{ pfm_name: 'item', pfm_type: 'string' }] }),
  };
}

const registries = {
  pfm_name: native.registries,
  pfm_title: 'Registries',
  pfm_description:
    'The registries of your company, each with the keys of an item of registries in a configuration file.',
  pfm_type: 'array',
  pfm_subkeys: [{ pfm_name: 'registry', pfm_type: 'dictionary', pfm_subkeys: [] }],
};

/** What a preference domain may hold, in the format of ProfileCreator and the ProfileManifests project. */
export function manifest(settings) {
  const subkeys = settings.map(subkey);
  return `${build({
    pfm_domain: domain,
    pfm_title: 'Gatepass',
    pfm_description:
      'Registries and settings of Gatepass. What is outside Defaults cannot be changed by people.',
    pfm_format_version: 1,
    pfm_version: 1,
    pfm_platforms: ['macOS'],
    pfm_targets: ['system', 'user'],
    pfm_unique: true,
    pfm_subkeys: [
      registries,
      ...subkeys,
      {
        pfm_name: native.defaults,
        pfm_title: 'Defaults',
        pfm_description: 'What counts until a person chooses something else.',
        pfm_type: 'dictionary',
        pfm_subkeys: [registries, ...subkeys],
      },
    ],
  })}\n`;
}
