import { failed, type Result } from '../../base/failure';
import type { Layer } from '../layer';
import { decodeText } from '../text-file';
import { parseYaml } from '../yaml-file';
import { policyLayers } from './policy-layers';

/** A policy written as YAML. An empty file is a policy that lost its content, not one that says nothing. */
export async function yamlPolicy(content: Buffer, location: string): Promise<Result<readonly Layer[]>> {
  if (content.length === 0) return failed('CFG_INVALID', { reason: 'empty', line: 1 });
  const text = decodeText(content);
  if (!text.ok) return text;
  const file = await parseYaml(text.value);
  return file.ok ? policyLayers(file.value, location) : file;
}
