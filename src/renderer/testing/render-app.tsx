import { act, cleanup, configure, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { StrictMode } from 'react';
import { onTestFinished } from 'vitest';
import { App } from '../app/app';
import { connect } from '../bridge/connect';
import { createTranslator } from '../i18n/i18n';
import type { Language } from '../i18n/language';
import type { FakeMain } from './fake-main';

// The first screen of its kind in a file pays for loading it, and a busy machine takes its time.
configure({ asyncUtilTimeout: 20_000 });

interface Options {
  readonly language?: Language;
  /** Whether the window counts as narrower than 720 px. */
  readonly narrow?: boolean;
}

/** Draws the whole app against a fake main, in strict mode as the product does, with the first snapshot in place. */
export async function renderApp(main: FakeMain, { language = 'en', narrow = false }: Options = {}) {
  window.matchMedia = (media) => Object.assign(new EventTarget(), mediaQueryList(media, narrow));
  const translator = await createTranslator(language);
  const bridge = connect(main);
  const view = render(
    <StrictMode>
      <App bridge={bridge} translator={translator} />
    </StrictMode>,
  );
  onTestFinished(cleanup);
  await act(() => Promise.resolve());
  return { ...view, bridge, user: userEvent.setup() };
}

const mediaQueryList = (media: string, matches: boolean) => ({
  media,
  matches,
  onchange: null,
  // Both only exist in the type for old browsers.
  addListener: () => undefined,
  removeListener: () => undefined,
});
