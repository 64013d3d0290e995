import { createHash } from 'node:crypto';

/** `return`: this sign-in's answer has arrived, whatever it says. `start-again`: no running sign-in waits for it. */
export type PageKind = 'return' | 'start-again' | 'nothing-here';

interface PageText {
  readonly title: string;
  readonly body: string;
}

const texts: Readonly<Record<'en' | 'de', Readonly<Record<PageKind, PageText>>>> = {
  en: {
    return: { title: 'Return to Gatepass', body: 'You can close this tab and return to Gatepass.' },
    'start-again': {
      title: 'This sign-in is no longer running',
      body: 'You can close this tab. Start again in the app: open Gatepass and press “Sign in”.',
    },
    'nothing-here': { title: 'Nothing here', body: 'You can close this tab.' },
  },
  de: {
    return: {
      title: 'Zurück zu Gatepass',
      body: 'Sie können diesen Tab schließen und zu Gatepass zurückkehren.',
    },
    'start-again': {
      title: 'Diese Anmeldung läuft nicht mehr',
      body: 'Sie können diesen Tab schließen. Beginnen Sie in der App neu: Öffnen Sie Gatepass und drücken Sie „Anmelden“.',
    },
    'nothing-here': { title: 'Hier ist nichts', body: 'Sie können diesen Tab schließen.' },
  },
};

const style = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.0625rem/1.6 system-ui,sans-serif;color:#1c2430;background:#f6f7f9}main{max-width:26rem;margin:1.5rem;padding:2.5rem;border-radius:1rem;background:#fff;border:1px solid #dfe3e8}h1{margin:0 0 .5rem;font-size:1.375rem;line-height:1.3}p{margin:0}@media(prefers-color-scheme:dark){body{color:#e8ebf0;background:#14181f}main{background:#1d232c;border-color:#323b48}}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * Static pages: nothing of the request is in them, no script, nothing loaded, and the address with its code is neither
 * cached nor passed on as a referrer.
 */
export function callbackPage(kind: PageKind, acceptLanguage = ''): string {
  const language = prefersGerman(acceptLanguage) ? 'de' : 'en';
  const { title, body } = texts[language][kind];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body><main><h1>${title}</h1><p>${body}</p></main></body>
</html>
`;
}

/** The first language a browser lists is the one its person reads. */
const prefersGerman = (acceptLanguage: string): boolean => /^\s*de\b/i.test(acceptLanguage);

export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  Connection: 'close',
};
