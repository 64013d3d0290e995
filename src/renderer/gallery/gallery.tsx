import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../app/app';
import { connect } from '../bridge/connect';
import { createTranslator } from '../i18n/i18n';
import { languageFor } from '../i18n/language';
import { FakeMain } from '../testing/fake-main';
import { answerOfMain } from './answer-of-main';
import { scenes } from './scenes';
import '../ui/styles';

// The app as it ships, fed by a fake main with the scene the address names: `?scene=states&language=de`.
const asked = new URLSearchParams(location.search);
const scene = scenes[asked.get('scene') ?? 'states'];
if (scene === undefined) throw new Error(`Scenes: ${Object.keys(scenes).join(', ')}`);
const main = new FakeMain();
main.snapshot = scene(Date.now());
main.answer = answerOfMain;
const language = languageFor(asked.get('language') ?? navigator.language);
document.documentElement.lang = language;
const root = document.body.appendChild(document.createElement('div'));
root.id = 'root';
createRoot(root).render(
  <StrictMode>
    <App bridge={connect(main)} translator={await createTranslator(language)} />
  </StrictMode>,
);
