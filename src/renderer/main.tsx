import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Pipe, pipeName } from '../contract/pipe';
import { App } from './app/app';
import { connect } from './bridge/connect';
import { createTranslator } from './i18n/i18n';
import { languageFor } from './i18n/language';
import './ui/styles';

declare global {
  interface Window {
    readonly [pipeName]: Pipe;
  }
}

const language = languageFor(navigator.language);
document.documentElement.lang = language;
const translator = await createTranslator(language);
// The view is asked for before anything is drawn: it travels while the page gets ready. Not earlier: from this question
// on main is busy with the configuration, and this page can ask for no more files.
const bridge = connect(window[pipeName]);
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App bridge={bridge} translator={translator} />
  </StrictMode>,
);
