import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from './open-api';
import { descriptionCheck, type Operation, operationsOf } from './testing/fits-description';
import { type Office, openOffice } from './testing/office';

const document = openApiDocument('1.2.3');
const require = createRequire(import.meta.url);
const redocly = require.resolve('@redocly/cli/bin/cli.js');

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test('the gateway serves its description', async () => {
  const { status, json, headers } = await office.ask('/openapi.json');
  expect({ status, json }).toEqual({ status: 200, json: document });
  expect(headers['content-type']).toMatch(/^application\/json/);
});

test('a linter for OpenAPI finds nothing to say about it', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const lint = ['lint', 'openapi.json', '--extends=recommended-strict', '--format=json'];
    const { stdout } = await promisify(execFile)(process.execPath, [redocly, ...lint], { cwd: folder, env });
    const { totals } = JSON.parse(stdout) as { totals: object };
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('an answer that is not as described is found', () => {
  const flawOf = descriptionCheck(document);
  const answer = (status: number, json: unknown, type = 'application/json') => ({
    status,
    headers: { 'content-type': type },
    body: JSON.stringify(json),
    json,
  });
  const refused = { code: 'not_found', message: 'x' };
  expect(flawOf('GET', '/api/v1beta/registry/a', answer(404, refused))).toBeUndefined();
  expect(flawOf('GET', '/api/v1beta/registry/a', answer(404, { ...refused, token: 'x' }))).toMatch(
    /additional/,
  );
  expect(flawOf('GET', '/api/v1beta/registry', answer(200, { registries: [{ name: 'a' }] }))).toMatch(
    /required/,
  );
  expect(flawOf('GET', '/api/v1beta/registry', answer(200, { registries: [] }, 'text/html'))).toMatch(/text/);
  expect(flawOf('GET', '/api/v1beta/registry', answer(201, { registries: [] }))).toMatch(/201/);
  expect(flawOf('GET', '/nowhere', answer(200, {}))).toMatch(/200/);
});

/** Requests as a generator of clients would make them from the description, and some that it would not. */
const requests = fc.constantFrom(...operationsOf(document)).chain(({ method, path, operation }) =>
  fc.record({
    method: fc.constant(method),
    target: targetOf(path, operation.parameters ?? []),
    isAllowed: fc.boolean(),
    hasToken: fc.boolean(),
  }),
);

type Parameter = NonNullable<Operation['parameters']>[number];

function targetOf(path: string, parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const values = Object.fromEntries(parameters.map((one) => [one.name, valueOf(one)]));
  return fc.record(values, { noNullPrototype: true }).map((chosen) => {
    const inPath = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(chosen[name] ?? ''),
    );
    const query = parameters
      .filter((one) => one.in === 'query')
      .flatMap(({ name }) =>
        chosen[name] === undefined ? [] : [`${name}=${encodeURIComponent(chosen[name])}`],
      );
    return query.length === 0 ? inPath : `${inPath}?${query.join('&')}`;
  });
}

function valueOf({ name, required, schema }: Parameter): fc.Arbitrary<string | undefined> {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
    .filter((value) => value.isWellFormed());
  const fitting =
    schema['type'] === 'integer'
      ? fc.integer({ min: -1, max: 200 }).map(String)
      : name === 'name'
        ? fc.oneof({ weight: 3, arbitrary: fc.constant('acme') }, text)
        : text;
  return required ? fitting : fc.option(fitting, { nil: undefined });
}

test('whatever is asked, the answer is one that the description names', { timeout: 60_000 }, async () => {
  await office.desk.signIn('acme');
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, target, isAllowed, hasToken }) => {
      office.control.isAllowed = isAllowed;
      const headers = hasToken ? {} : { authorization: undefined };
      // `ask` throws for an answer that the description does not hold.
      const { status } = await office.ask(target, { method, headers });
      statuses.add(status);
      expect(status).not.toBe(500);
    }),
    { numRuns: 400, timeout: 20_000 },
  );
  // Not all of them may be refusals for one and the same reason.
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 401, 403, 404]));
});
