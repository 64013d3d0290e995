import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/clock';
import { type BeforeParsing, FileSource } from './file-source';
import type { ConfigSource } from './layer';
import { type Computer, placesOn } from './places';
import { LastGood, type SealedText } from './policy/last-good';
import { ManagedSource } from './policy/managed-source';
import { plistPolicy } from './policy/plist-policy';
import { PolicyFile } from './policy/policy-file';
import type { PolicySource } from './policy/policy-source';
import type { TrustRule } from './policy/trusted-file';
import { RegistryPolicy } from './policy/windows-registry';
import { yamlPolicy } from './policy/yaml-policy';
import { withToolhiveToken } from './toolhive-token';

export interface PolicyParts {
  /** Stands in for the computer's own places of policy, for development; its owner may also be the current user. */
  readonly policyFolder?: string;
  readonly computer: Computer & { readonly userId: number };
  readonly clock: Clock;
  readonly beforeParsing?: BeforeParsing;
}

export interface SourceParts extends PolicyParts {
  readonly configurationFile: string;
  /** Keeps the last good policies; the name tells them apart. */
  readonly sealed: (name: string) => SealedText;
}

/** Every source of configuration on this computer; of those of one kind, the first counts. */
export function openSources(parts: SourceParts): ConfigSource[] {
  const { configurationFile, computer, sealed, clock, beforeParsing } = parts;
  const policies = policySources(parts).map(
    (policy) =>
      new ManagedSource({ policy, lastGood: new LastGood(sealed(keptName(policy.location))), clock }),
  );
  return [
    ...policies,
    new FileSource('user', configurationFile, clock, beforeParsing),
    withToolhiveToken(
      new FileSource('toolhive', placesOn(computer).toolhiveFile, clock, beforeParsing),
      computer.env,
    ),
  ];
}

const root = 0;
/** `admin` on macOS, whose members may become root whenever they like. */
const macAdmins = 80;

/** Every place where an administrator's policy is looked for, highest first. */
export function policySources({ policyFolder, computer, clock, beforeParsing }: PolicyParts): PolicySource[] {
  const places = placesOn(computer);
  const adminGroups = computer.platform === 'darwin' ? [root, macAdmins] : [root];
  const rule: TrustRule = { owners: [root], adminGroups };
  const yaml = (path: string, trust: TrustRule) =>
    new PolicyFile({
      path,
      format: async (content, location) => {
        await beforeParsing?.(content.length);
        return yamlPolicy(content, location);
      },
      rule: trust,
      clock,
    });
  if (policyFolder !== undefined)
    return [yaml(join(policyFolder, 'policy.yaml'), { owners: [root, computer.userId], adminGroups })];
  return [
    ...places.registryKeys.map((key) => new RegistryPolicy(key, clock)),
    ...places.managedPreferences.map((path) => new PolicyFile({ path, format: plistPolicy, rule, clock })),
    ...(places.policyFile === undefined ? [] : [yaml(places.policyFile, rule)]),
  ];
}

/** A place's name as the name of a file. */
const keptName = (location: string): string =>
  `policy-${createHash('sha256').update(location).digest('hex').slice(0, 16)}.sealed`;
