import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from './open-api';
import { type Office, openOffice } from './testing/office';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.desk.signIn('acme');
});
afterAll(() => office.close());

/** Every method of every address that the description has, for a registry that is there and one that is not. */
const routes = Object.entries(openApiDocument('1.2.3').paths).flatMap(([path, operations]) =>
  Object.keys(operations).flatMap((method) =>
    ['acme', 'nobody'].map((name) => ({
      method: method.toUpperCase(),
      path: path.replace('{name}', name).replace('{version}', '1.0.0').replace('{serverName}', 'x%2Fy'),
    })),
  ),
);

test('the description names the addresses that start and end sign-ins', () => {
  expect(new Set(routes.filter(({ method }) => method === 'POST').map(({ path }) => path))).toEqual(
    new Set(
      ['acme', 'nobody'].flatMap((name) =>
        ['initiate', 'logout'].map((what) => `/api/v1beta/registry/${name}/auth/${what}`),
      ),
    ),
  );
});

test.each(routes)('with the switch locked off: $method $path', async ({ method, path }) => {
  const { ask, control, desk, events } = office;
  Object.assign(control, { isAllowed: false, isLocked: true });
  const { status, body } = await ask(path, { method });
  // Whether there is such a registry is no reason for another answer, and reading is not what the switch is about.
  if (method === 'POST') expect([status, body]).toEqual([403, expect.stringContaining('"setting_locked"')]);
  else {
    expect(status).not.toBe(403);
    expect(body).not.toContain('"code":"setting_locked"');
  }
  expect(desk.sessions.state('acme')?.kind).toBe('signed-in');
  expect(events.filter(({ kind }) => kind === 'sign-in-started' || kind === 'signed-out')).toEqual([]);
});
