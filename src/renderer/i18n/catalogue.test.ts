import { expect, test } from 'vitest';
import { type Code, codes } from '../../contract/codes';
import german from './de.json';
import english from './en.json';

const languages = { en: english, de: german };

/** Every text of a catalogue by its full key. */
function texts(node: object, prefix = ''): Map<string, string> {
  const entries = Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as const]
      : [...texts(value as object, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each(Object.keys(languages) as (keyof typeof languages)[])(
  'in "%s" every code has a sentence, a next step and a help text, and no other code has',
  (language) => {
    const known: object = languages[language].error;
    expect(Object.keys(known).sort()).toEqual(Object.keys(codes).sort());
    for (const code of Object.keys(codes) as Code[]) {
      const { sentence, next, help } = languages[language].error[code];
      for (const text of [sentence, next, help]) {
        expect(text.trim(), code).toBe(text);
        expect(text, code).toMatch(/\.$/);
        expect(text, code).not.toMatch(/!|oops/i);
      }
      expect(help.split(/[.:;] /).length, `${code}: a help text explains`).toBeGreaterThanOrEqual(2);
    }
  },
);

test('both languages have the same keys', () => {
  expect([...texts(german).keys()].sort()).toEqual([...texts(english).keys()].sort());
});

test('both languages name the same things in each text', () => {
  for (const [key, text] of texts(german))
    expect(placeholders(text), key).toEqual(placeholders(texts(english).get(key) ?? ''));
});

test('the sentences the specification gives are there word for word', () => {
  const { LOGIN_TIMEOUT, LOGIN_PORT_BUSY, SESSION_ENDED, REGISTRY_FORBIDDEN } = english.error;
  expect(`${LOGIN_TIMEOUT.sentence} ${LOGIN_TIMEOUT.next}`).toBe(
    'The browser was closed or the sign-in was not finished in time. Try again. If the page showed an error about a redirect address, ask your administrator to allow {{redirectUri}}.',
  );
  expect(`${LOGIN_PORT_BUSY.sentence} ${LOGIN_PORT_BUSY.next}`).toBe(
    'Another program is using port {{port}}, which this sign-in needs (it may be ToolHive). Close it, then try again.',
  );
  expect(`${SESSION_ENDED.sentence} ${SESSION_ENDED.next}`).toBe(
    'Your session at {{name}} ended. Sign in again to keep using it.',
  );
  expect(`${REGISTRY_FORBIDDEN.sentence} ${REGISTRY_FORBIDDEN.next}`).toBe(
    'You are signed in, but this account may not read this registry. Ask its owner for access.',
  );
});

test('every value a problem sentence names has a neutral word for when it is not known', () => {
  const named = [...texts(english.error).values(), ...texts(english.reason).values()].flatMap(placeholders);
  expect([...new Set(named)].filter((name) => name !== undefined && !(name in english.fallback))).toEqual([]);
});

test('every key is used by the page', () => {
  const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const source = Object.values(files).join('\n');
  // Templates such as `error.${code}.sentence` use every key of that shape.
  const templates = [...source.matchAll(/`((?:\w+\.)+)\$\{[^}]*\}([.\w]*)`/g)].map(
    ([, start = '', end = '']) => new RegExp(`^${start.replaceAll('.', '\\.')}[\\w-]+${end}$`),
  );
  const bare = (key: string) => key.replace(/_(one|other)$/, '');
  const unused = [...texts(english).keys()].filter(
    (key) => !source.includes(`'${bare(key)}'`) && !templates.some((template) => template.test(key)),
  );
  expect(unused).toEqual([]);
});
