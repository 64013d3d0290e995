/** The languages that have a complete catalogue. */
export type Language = 'en' | 'de';

/** Picks the catalogue for a BCP 47 tag as the system reports it; English where there is none. */
export function languageFor(tag: string): Language {
  return tag.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en';
}
