import type { SettingView } from '../../contract/view-model';
import type { Settings } from '../config';

/** Every setting in force as one list, in the order of the schema, each with where it was decided. */
export function settingViews(settings: Settings): readonly SettingView[] {
  return Object.entries(settings).map(([key, { value, source, location, line, locked }]) => ({
    key,
    ...(value !== undefined && { value }),
    source,
    location: line === undefined ? location : `${location}:${line}`,
    locked,
  }));
}
