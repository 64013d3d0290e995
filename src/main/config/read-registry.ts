import { z } from 'zod';
import { failure } from '../base/failure';
import { readAuth } from './read-auth';
import { readFields } from './read-fields';
import type { Registry } from './registry';
import { finishRegistry, mayBePrivateByDefault, type Origin } from './registry-draft';
import { registrySchema } from './schema';
import type { Path } from './yaml-file';
import { isMapping } from './yaml-values';

/** `auth` is read apart, as one bad part of it makes all of it unusable. */
const fieldsBesideAuth = registrySchema.extend({ auth: z.unknown() }).shape;

/** One entry of `registries`; undefined for what is no mapping at all. Everything wrong is reported. */
export function readRegistry(raw: unknown, path: Path, origin: Origin): Registry | undefined {
  const { problems } = origin;
  if (!isMapping(raw)) {
    problems.report(path, failure('CFG_INVALID', { reason: 'type', expected: 'mapping' }));
    return undefined;
  }
  const { values, failures } = readFields(fieldsBesideAuth, raw, path, problems);
  return finishRegistry(
    {
      id: values.id,
      name: values.name,
      kind: values.kind,
      url: values.url,
      urlFailure: failures.get('url'),
      urlPath: [...path, 'url'],
      allowPrivateIp:
        raw['allow_private_ip'] === undefined
          ? mayBePrivateByDefault(origin)
          : (values.allow_private_ip ?? false),
      ...readAuth(raw['auth'], [...path, 'auth'], problems),
    },
    path,
    origin,
  );
}
