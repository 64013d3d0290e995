import { createInstance, type i18n } from 'i18next';
import type english from './en.json';
import type { Language } from './language';

type Catalogue = typeof english;

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: Catalogue };
  }
}

/** Each is complete, so that nobody loads more than one. */
const catalogues: Readonly<Record<Language, () => Promise<{ readonly default: Catalogue }>>> = {
  en: () => import('./en.json'),
  de: () => import('./de.json'),
};

/** A translator for one language, whose catalogue it loads. */
export async function createTranslator(language: Language): Promise<i18n> {
  const { default: translation } = await catalogues[language]();
  const translator = createInstance({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation } },
    initAsync: false,
    // React puts text into the page as text; escaping it once more would show entities.
    interpolation: { escapeValue: false },
  });
  await translator.init();
  return translator;
}
