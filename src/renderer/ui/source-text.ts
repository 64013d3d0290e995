import type { TFunction } from 'i18next';
import type { Source } from '../../contract/view-model';

/** Who decided a value, in a few words. */
export const sourceText = (t: TFunction, source: Source): string => t(`decidedBy.${source}`);
