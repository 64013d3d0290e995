import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readPlainYaml } from './plain-yaml';
import { configurationTemplate } from './template';
import { parseYaml, parseYamlDocument, type Path, type YamlFile } from './yaml-file';
import { isMapping } from './yaml-values';

const managed = `# Managed by IT
version: 1
registries:
  - id: acme   # from the wiki
    name: "Acme \\u2014 tools"
    url: 'https://mcp.acme.example/it''s'
    auth: {type: oauth, oauth: {issuer: https://login.acme.example, scopes: [openid, offline_access]}}
  -
    id: globex
    allow_private_ip: true
settings:
  sign_in_timeout_seconds: 120
  empty:
`;

/** Every place of a value, and one below each that does not exist. */
function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  yield [...path, 'missing'];
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* pathsIn(item, [...path, index]);
  else if (isMapping(value)) for (const key of Object.keys(value)) yield* pathsIn(value[key], [...path, key]);
}
const linesOf = ({ value, lineOf }: YamlFile) => [...pathsIn(value)].map((path) => [path, lineOf(path)]);

/** Reads a text both ways; true when it was plain enough for the fast one. */
async function sameBothWays(text: string): Promise<boolean> {
  if (readPlainYaml(text) === undefined) return false;
  const [fast, complete] = [await parseYaml(text), await parseYamlDocument(text)];
  if (!fast.ok || !complete.ok) throw new Error(`one of them refuses ${JSON.stringify(text)}`);
  expect(fast.value.value, text).toEqual(complete.value.value);
  expect(linesOf(fast.value), text).toEqual(linesOf(complete.value));
  return true;
}

test.each([
  ['a file of an administrator', managed],
  ['the same with Windows line ends', managed.replaceAll('\n', '\r\n')],
  ['the template a person begins with', configurationTemplate],
  ['JSON', JSON.stringify({ version: 1, registries: [{ id: 'a', on: null, n: -1.5e3 }] }, null, 2)],
  [
    'every kind of scalar',
    [
      '0', '-0', '+1', '007', '0o17', '0x1F', '0b1', '1_000', '1e3', '1.', '.5', '1e', '12345678901234567890', '.inf', '-.INF', '.nan',
      '~', 'null', 'NULL', 'nUll', 'true', 'True', 'yes', 'off', 'n', '2026-11-25', '12:30', '1.2.3', '3M', '...', '---', '-x', '- x',
      "''", '""', "'1'", '"\\t"', '<<', '=', '',
    ].map((word, index) => `k${index}: ${word === '- x' ? 'x' : word}`).join('\n'),
  ],
])('%s is read the fast way, with the same values and lines', async (_name, text) => {
  expect(await sameBothWays(text)).toBe(true);
}); // prettier-ignore

describe('what says more than plain data is left to the parser that knows everything', () => {
  test.each([
    ['an anchor', 'a: &x 1\nb: 2'],
    ['an alias', 'a: &x 1\nb: *x'],
    ['a tag', 'a: !!str 1'],
    ['a merge key', '<<: {a: 1}'],
    ['a key written twice', 'a: 1\na: 2'],
    ['a list as a key', '? [a]\n: 1'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a directive', '%YAML 1.1\n---\na: 1'],
    ['a text of several lines', 'a: |\n  b\n  c\n'],
    ['a folded word', 'a: b\n  c'],
    ['an item where nothing is written', 'a:\n  -\n  - b'],
    ['nesting without end', `a: ${'['.repeat(100)}${']'.repeat(100)}`],
    ['a list at the top', '- a'],
    ['nothing', ''],
    ['a fault', 'a: b: c'],
  ])('%s', (_name, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });
});

test('a key of JavaScript means nothing', async () => {
  const read = await parseYaml('__proto__: {polluted: 1}\nconstructor: 2\n');
  expect(read.ok && Object.getPrototypeOf(read.value.value)).toBeNull();
  expect(read.ok && Object.keys(read.value.value as object)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.stringMatching(/^[-+.0-9a-fxoeE_:~# ]{0,8}$/),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.dictionary(fc.string({ maxLength: 6 }), tie('node'), { maxKeys: 5 }),
  node: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('node'), { maxLength: 4 }), tie('tree')),
}));

test('whatever is written by the library is read the same both ways', async () => {
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(tree, fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'), async (value, style) => {
      if (await sameBothWays(stringify(value, { defaultStringType: style, lineWidth: 0 }))) plain++;
    }),
    { numRuns: 300, interruptAfterTimeLimit: 2_500 },
  );
  expect(plain).toBeGreaterThan(100);
});

test('a text with anything put anywhere is read the same both ways, or left to the other parser', async () => {
  const piece = fc.oneof(
    fc.constantFrom(': ', '- ', '\n', '\r', '\t', ' #', '"', "'", '[', ']', '{', '}', ',', '&a ', '*a', '!!str ', '? ', '|', '>', '%', '~'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(managed.length), piece), { maxLength: 3 }), async (edits) => {
      const text = edits.reduce((sofar, [at, put]) => sofar.slice(0, at) + put + sofar.slice(at), managed);
      await sameBothWays(text);
    }),
    { numRuns: 2000, interruptAfterTimeLimit: 2_500 },
  );
});
