import type { Source } from '../../../contract/view-model';
import type { Failure } from '../../base/failure';
import type { Layer } from '../layer';
import { readLayer } from '../read-layer';
import { parseYaml } from '../yaml-file';

export const testLocation = '/profile/config.yaml';

/** What a text says as a file of the given source; throws the failure when it cannot be read at all. */
export async function readText(
  text: string,
  source: Source = 'user',
  location = testLocation,
): Promise<Layer> {
  const file = await parseYaml(text);
  if (!file.ok) throw new Refused(file.failure);
  const layer = readLayer(file.value.value, { source, location, lineOf: file.value.lineOf });
  if (!layer.ok) throw new Refused(layer.failure);
  return layer.value;
}

/** A text that could not be read at all. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(JSON.stringify(failure));
    this.failure = failure;
  }
}
