import type { SettingView } from '../../contract/view-model';
import type { Settings } from '../config';
import { placeOf } from './place-of';

/** Every setting in force as one list, in the order of the schema, each with where it was decided. */
export function settingViews(settings: Settings): readonly SettingView[] {
  return Object.entries(settings).map(([key, { value, source, locked, ...place }]) => ({
    key,
    ...(value !== undefined && { value }),
    source,
    location: placeOf(place),
    locked,
  }));
}
