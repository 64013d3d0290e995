import { Document } from 'yaml';
import { sample } from './settings.mjs';

const wrapped = (text, indent) =>
  text
    .split(' ')
    .reduce(
      (lines, word) =>
        lines.at(-1).length + word.length > 100
          ? [...lines, word]
          : [...lines.slice(0, -1), `${lines.at(-1)} ${word}`.trim()],
      [''],
    )
    .map((line) => `${indent}# ${line}`)
    .join('\n');

const yaml = (value) => new Document(value).toString({ lineWidth: 0 }).trimEnd();
const shifted = (text, indent) => text.replaceAll(/^(?=.)/gm, indent);

/** One setting with what it means; a comment where the sample does not set it. */
function settingLines({ key, description, default: builtIn, example }, settings) {
  const value = settings[key];
  const written = `${key}: ${JSON.stringify(value ?? builtIn ?? example)}`;
  return `${wrapped(description, '    ')}\n    ${value === undefined ? '# ' : ''}${written}\n`;
}

/** A group is set as a whole or not at all, so without its first `#` in each line it is right as it is. */
function groupLines(group, members) {
  const lines = members.map(
    ({ path: [, name], description, default: builtIn }) =>
      `${wrapped(description, '    #   ')}\n    #   ${name}: ${JSON.stringify(builtIn)}\n`,
  );
  return `    # ${group}:\n${lines.join('')}`;
}

function settingsBlock(all, settings) {
  const plain = all.filter(({ path }) => path.length === 1);
  const grouped = new Map();
  for (const setting of all.filter(({ path }) => path.length === 2))
    grouped.set(setting.path[0], [...(grouped.get(setting.path[0]) ?? []), setting]);
  return [
    ...plain.map((setting) => settingLines(setting, settings)),
    ...[...grouped].map(([group, members]) => groupLines(group, members)),
  ].join('');
}

/** A policy file to begin with: valid as it is, every setting described, what it does not set commented out. */
export function samplePolicy(all) {
  const { enforced, defaults } = sample;
  return `# yaml-language-server: $schema=./policy.schema.json
# A policy for Gatepass. Linux: /etc/gatepass/policy.yaml. macOS: /Library/Application Support/Gatepass/policy.yaml.
# Owned by root, writable by nobody else; see docs/enterprise.md.

# What nobody can change.
enforced:
  registries:
${shifted(yaml(enforced.registries), '    ')}
  settings:
${settingsBlock(all, enforced.settings)}
# What counts until a person chooses something else. Every setting above can stand here as well.
defaults:
${shifted(yaml(defaults), '  ')}
`;
}
