import { createInstance, type i18n } from 'i18next';
import english from './en.json';
import type { Language } from './language';

type Catalogue = typeof english;

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: Catalogue };
  }
}

/** A translator for one language. English is always there, other catalogues are loaded when they are needed. */
export async function createTranslator(language: Language): Promise<i18n> {
  const resources =
    language === 'de'
      ? { en: { translation: english }, de: { translation: (await import('./de.json')).default } }
      : { en: { translation: english } };
  const translator = createInstance({
    lng: language,
    fallbackLng: 'en',
    resources,
    initAsync: false,
    // React puts text into the page as text; escaping it once more would show entities.
    interpolation: { escapeValue: false },
  });
  await translator.init();
  return translator;
}
