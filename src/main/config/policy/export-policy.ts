import { stringify } from 'yaml';
import type { Effective, Registry, Settings } from '../registry';
import { entryOfRegistry } from '../registry-form';
import { type SettingKey, settingKeys } from '../schema';
import type { Mapping } from '../yaml-values';

/** What a person put away is theirs alone, and a policy cannot say it. */
const personal: ReadonlySet<SettingKey> = new Set<SettingKey>(['hidden_registries']);

/**
 * What is in force here, as a policy for other computers: registries as enforced, except those that a policy only
 * suggests; what anybody set as a default, except what a policy locks already. Registries that cannot be used are named in
 * a comment and left out. Made of configuration only, so there is no token in it and no secret: the schema has no place
 * for one.
 */
export function exportedPolicy({ registries, settings }: Pick<Effective, 'registries' | 'settings'>): string {
  const usable = registries.filter(({ blocked }) => blocked === undefined);
  const isSuggested = ({ source }: Registry) => source === 'policy-default';
  const enforced = part(
    usable.filter((registry) => !isSuggested(registry)),
    settingsOf(settings, true),
  );
  const defaults = part(usable.filter(isSuggested), settingsOf(settings, false));
  return [
    '# A policy for Gatepass, made from what was in force on one computer. It holds no token and no secret.\n',
    '# Linux: /etc/gatepass/policy.yaml. macOS: /Library/Application Support/Gatepass/policy.yaml.\n',
    '# Owned by root, writable by nobody else; docs/enterprise.md has the other ways to deliver it.\n',
    ...registries.filter(({ blocked }) => blocked !== undefined).map(leftOut),
    '\n# What nobody can change.\n',
    yaml({ enforced }),
    '\n# What counts until a person chooses something else.\n',
    yaml({ defaults }),
  ].join('');
}

/** One line whatever the id holds: JSON has no line breaks inside a text. */
const leftOut = ({ id, blocked }: Registry): string =>
  `# Left out, as it cannot be used here: ${JSON.stringify(id)} (${blocked?.code ?? ''})\n`;

const yaml = (content: Mapping): string => stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });

const part = (registries: readonly Registry[], settings: Mapping): Mapping => ({
  ...(registries.length > 0 && { registries: registries.map(policyEntry) }),
  ...(Object.keys(settings).length > 0 && { settings }),
});

/** Whether private addresses are allowed is written out: what a policy does not say means yes, elsewhere it means no. */
function policyEntry(registry: Registry): Mapping {
  const { auth, ...entry } = entryOfRegistry(registry);
  return { ...entry, allow_private_ip: registry.allowPrivateIp, ...(auth !== undefined && { auth }) };
}

/** What somebody set, nested as a file has it. */
function settingsOf(settings: Settings, locked: boolean): Mapping {
  const nested: Record<string, unknown> = {};
  for (const key of settingKeys) {
    const { value, source, locked: isLocked } = settings[key];
    if (source === 'built-in' || isLocked !== locked || personal.has(key)) continue;
    const [group, name] = key.split('.', 2);
    if (group === undefined) continue;
    if (name === undefined) nested[group] = value;
    else nested[group] = { ...(nested[group] as Mapping | undefined), [name]: value };
  }
  return nested;
}
