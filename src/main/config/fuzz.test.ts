import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { codes } from '../../contract/codes';
import { effectiveConfiguration } from './effective';
import { defaultScopes, settingKeys } from './schema';
import { readText, Refused } from './testing/read-text';

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

/** Reads a text and checks what holds for every text: a code for each refusal, and nothing incomplete. */
async function read(text: string) {
  try {
    const layer = await readText(text);
    const effective = effectiveConfiguration([layer]);
    for (const problem of effective.problems) {
      expect(codes).toHaveProperty(problem.code);
      expect(problem.line).toBeGreaterThan(0);
    }
    for (const { id, auth, blocked } of effective.registries) {
      expect(id).not.toBe('');
      expect(auth.type === 'unusable').toBe(blocked !== undefined);
    }
    for (const key of settingKeys) expect(effective.settings[key].source).toMatch(/user|built-in/);
    return effective;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    expect(error.failure.code).toMatch(/^CFG_(INVALID|TOO_LARGE)$/);
    expect(error.failure.params['line']).toBeGreaterThan(0);
    return undefined;
  }
}

const words = [
   'registries', 'settings', 'id', 'name', 'url', 'auth', 'type', 'oauth', 'bearer', 'issuer', 'client_id',
  'scopes', 'audience', 'callback_port', 'token_file', 'gateway', 'enabled', 'registry_api_url', 'registry_auth',
  'extra_authorize_parameters', '__proto__', 'constructor', 'prototype', 'toString', '<<',
]; // prettier-ignore
const value = fc.oneof(
  fc.constantFrom(
    'oauth',
    'none',
    'https://a.example',
    'http://localhost:1',
    8666,
    true,
    null,
    -0,
    1e308,
    NaN,
  ),
  fc.string({ unit: 'binary' }),
  fc.integer(),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    value,
    fc.array(tie('node'), { maxLength: 4 }),
    tie('mapping'),
  ),
  mapping: fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), tie('node'), {
    noNullPrototype: false,
  }),
}));

describe('whatever the file is, reading it ends with a configuration or a code', { timeout: 30_000 }, () => {
  test('text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        await read(text);
      }),
      { interruptAfterTimeLimit: 2_500, timeout: 20_000 },
    );
  });

  test('YAML of our words and its own marks', async () => {
    const mark = fc.constantFrom(
      ...[
        '\n',
        '\n  ',
        '\n- ',
        ': ',
        '- ',
        '? ',
        '[',
        ']',
        '{',
        '}',
        ', ',
        '&a ',
        '*a',
        '!!set ',
        '!x ',
        '|\n',
        '>\n',
      ],
      ...[
        '"',
        "'",
        '#',
        '%YAML 1.1\n',
        '---\n',
        '...\n',
        '\t',
        '\r\n',
        '@',
        '`',
        '\u2028',
        '\ufeff',
        '\u0000',
      ],
    );
    const text = fc.array(fc.oneof(mark, fc.constantFrom(...words))).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (yaml) => {
        await read(yaml);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 2_500, timeout: 20_000 },
    );
  });

  test('values of every shape in every place', async () => {
    const file = fc.oneof(
      tree.mapping,
      fc.record({ registries: tree.node, settings: tree.node }),
      fc.array(tree.mapping).map((registries) => ({ registries })),
    );
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        expect(
          await read(JSON.stringify(content, (_, item: unknown) => (Number.isNaN(item) ? '.nan' : item))),
        ).toBeDefined();
      }),
      { numRuns: 80, interruptAfterTimeLimit: 2_500, timeout: 20_000 },
    );
  });

  test('a good entry is used whatever stands beside it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tree.node, { maxLength: 4 }), async (others) => {
        const good = { id: 'good-entry', url: 'https://good.example' };
        const effective = await read(JSON.stringify({ registries: [...others, good, ...others] }));
        expect(effective?.registries).toContainEqual(expect.objectContaining(good));
      }),
      { interruptAfterTimeLimit: 2_500, timeout: 20_000 },
    );
  });
});

describe('files that are made to harm', () => {
  test.each([
    ['__proto__ as a key', '{"__proto__": {"polluted": 1}, "settings": {"__proto__": {"polluted": 1}}}'],
    ['a constructor instead of an address', '{"registries": [{"url": {"constructor": {"name": [[{}]]}}}]}'],
    ['constructor.prototype', '{"constructor": {"prototype": {"polluted": 1}}}'],
    ['__proto__ in a registry', '{"registries": [{"__proto__": {"url": "https://a.example"}, "id": "x"}]}'],
    [
      '__proto__ among parameters',
      '{"registries":[{"url":"https://a.example","auth":{"type":"oauth","oauth":{"issuer":"https://b.example","client_id":"x","extra_authorize_parameters":{"__proto__":"x"}}}}]}',
    ],
  ])('%s changes nothing', async (_what, text) => {
    const effective = await read(text);
    expect(effective).toBeDefined();
    expect(JSON.stringify(effective?.registries)).not.toContain('polluted');
  });

  test('a prototype gives no registry the address it lacks', async () => {
    const effective = await read('{"registries": [{"__proto__": {"url": "https://a.example"}, "id": "x"}]}');
    expect(effective?.registries).toMatchObject([{ id: 'x', url: '', blocked: { code: 'CFG_INVALID' } }]);
  });

  test('aliases that double at each step are not multiplied out', async () => {
    const steps = Array.from({ length: 60 }, (_, n) => `x${n + 1}: &x${n + 1} [*x${n}, *x${n}]`);
    await read(`x0: &x0 [a]\n${steps.join('\n')}\nregistries: *x60\nsettings: *x60\n`);
  });

  test('an alias that contains itself is no value', async () => {
    const effective = await read(
      'registries: &a\n  - *a\n  - {id: x, url: "https://a.example", auth: &b {type: *b}}\n',
    );
    expect(effective?.registries).toMatchObject([{ id: 'x', auth: { type: 'unusable' } }]);
  });

  test('aliases and anchors that say something are read', async () => {
    const effective = await read(`registries:
  - { id: a, url: "https://a.example", auth: &auth { type: oauth, oauth: { issuer: "https://i.example", client_id: x } } }
  - { id: b, url: "https://b.example", auth: *auth }
`);
    expect(effective?.registries).toMatchObject([{ auth: { type: 'oauth' } }, { auth: { type: 'oauth' } }]);
    expect(effective?.problems).toEqual([]);
  });

  test('a key that is written twice has no value, and only its entry suffers', async () => {
    const effective = await read(`registries:
  - id: twice
    url: https://a.example
    url: https://evil.example
  - { id: good, url: "https://b.example" }
`);
    expect(effective?.registries).toMatchObject([
      { id: 'twice', blocked: { code: 'CFG_INVALID' } },
      { id: 'good' },
    ]);
    expect(effective?.problems).toMatchObject([{ code: 'CFG_INVALID', line: 4 }]);
  });

  test.each([
    ['lists', '[', 100_000],
    ['mappings', '{', 100_000],
    ['mappings in mappings', '{a: ', 100_000],
    ['keys of keys', '? ', 100_000],
    ['items of items', '- ', 100_000],
    ['indentation', Array.from({ length: 500 }, (_, n) => `${' '.repeat(n)}a:\n`).join(''), 1],
  ])('%s nested without end are refused at once', async (_what, part, times) => {
    const startedAt = performance.now();
    expect(await read(part.repeat(times))).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('thirty thousand keys are no quadratic work', async () => {
    const text = Array.from({ length: 30_000 }, (_, n) => `k${n}: 1`).join('\n');
    expect((await read(text))?.problems).toHaveLength(20);
  });

  test('more than one document is refused with the line that divides them', async () => {
    await expect(readText('version: 1\n---\nversion: 1\n')).rejects.toMatchObject({
      failure: { code: 'CFG_INVALID', params: { reason: 'several-documents', line: 2 } },
    });
  });
});

test('missing and empty scopes mean the default', async () => {
  for (const scopes of ['', 'scopes: [],', 'scopes: ~,']) {
    const effective = await read(
      `registries: [{url: "https://a.example", auth: {type: oauth, oauth: {${scopes} issuer: "https://i.example", client_id: x}}}]`,
    );
    expect(effective?.registries).toMatchObject([{ auth: { oauth: { scopes: defaultScopes } } }]);
  }
});
