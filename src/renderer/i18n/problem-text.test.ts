import { expect, test } from 'vitest';
import { codes, type Code } from '../../contract/codes';
import { anOAuthClient, aProblem, aRegistry } from '../testing/views';
import { createTranslator } from './i18n';
import { languageFor } from './language';
import { problemText } from './problem-text';

const { t } = await createTranslator('en');
const { t: tGerman } = await createTranslator('de');

test('a sentence names what the problem carries', () => {
  const problem = aProblem({ code: 'LOGIN_PORT_BUSY', params: { port: 9000 } });
  expect(problemText(t, problem, aRegistry()).sentence).toBe(
    'Another program is using port 9000, which this sign-in needs (it may be ToolHive).',
  );
});

test('what the problem does not carry is taken from the registry', () => {
  const oauth = anOAuthClient({
    redirectUri: 'http://localhost:8777/callback',
    callbackPort: 8777,
  });
  const registry = aRegistry({ oauth });
  expect(problemText(t, aProblem({ code: 'LOGIN_TIMEOUT' }), registry).next).toContain(
    'http://localhost:8777/callback',
  );
  expect(problemText(t, aProblem({ code: 'LOGIN_PORT_BUSY' }), registry).sentence).toContain('port 8777');
  expect(problemText(tGerman, aProblem(), registry).sentence).toBe('Ihre Sitzung bei Acme ist beendet.');
});

test('the name is that of the registry, whatever else main calls by name', () => {
  const problem = aProblem({ code: 'CLIENT_REJECTED', params: { name: 'client-4711' } });
  expect(problemText(t, problem, aRegistry()).next).toContain('client id of Acme');
});

test('no text of any code has a hole or a placeholder left, even when nothing is known', () => {
  for (const translate of [t, tGerman])
    for (const code of Object.keys(codes) as Code[]) {
      const { sentence, next } = problemText(translate, aProblem({ code }));
      expect(`${sentence} ${next}`, code).not.toMatch(/\{\{|\s\s|\s[.,;]|undefined|error\.[A-Z]/);
    }
});

test('a moment is said in words of the language', () => {
  const problem = aProblem({ code: 'CFG_POLICY_LAST_GOOD', params: { since: Date.UTC(2026, 10, 24, 12) } });
  expect(problemText(t, problem).sentence).toMatch(/read on Nov 24, 2026, \d/);
  expect(problemText(tGerman, problem).sentence).toMatch(/am 24\.11\.2026, \d/);
});

test('why a value of the configuration was refused is said in words', () => {
  const reasonOf = (params: Record<string, string>) =>
    problemText(t, aProblem({ code: 'CFG_INVALID', params: { field: 'port', ...params } })).sentence;
  expect(reasonOf({ reason: 'range', minimum: '1024' })).toBe(
    'port cannot be used: it should be at least 1024.',
  );
  expect(reasonOf({ reason: 'range', maximum: '65535' })).toBe(
    'port cannot be used: it should be at most 65535.',
  );
  expect(reasonOf({ reason: 'missing' })).toBe('port cannot be used: it is missing.');
  expect(reasonOf({ reason: 'bad-alias' })).toBe('port cannot be used: it cannot be understood.');
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE', 'de'],
  ['en-GB', 'en'],
  ['fr', 'en'],
  ['den', 'en'],
])('a system in "%s" gets the catalogue "%s"', (tag, language) => {
  expect(languageFor(tag)).toBe(language);
});
