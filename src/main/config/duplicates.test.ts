import { expect, test } from 'vitest';
import { readText } from './testing/read-text';

const oauth = (id: string, url: string, issuer = 'https://login.acme.example') =>
  `  - {id: ${id}, name: ${id}, url: "${url}", auth: {type: oauth, oauth: {issuer: "${issuer}", client_id: a}}}`;
const read = (...entries: readonly string[]) =>
  readText(['registries:', ...entries, ''].join('\n'), 'user', '/profile/config.yaml');

test('of two entries with one id the first counts, and both lines are named', async () => {
  const { registries, problems } = await read(
    oauth('acme', 'https://one.acme.example'),
    oauth('ACME', 'https://two.acme.example'),
  );
  expect(registries.map(({ url }) => url)).toEqual(['https://one.acme.example']);
  expect(problems).toMatchObject([
    {
      code: 'CFG_DUPLICATE_ID',
      line: 3,
      params: { name: 'acme', line: 3, otherLine: 2, otherLocation: '/profile/config.yaml' },
    },
  ]);
});

test('of two entries that would share one sign-in the first counts', async () => {
  const { registries, problems } = await read(
    oauth('acme', 'https://mcp.acme.example/r'),
    oauth('again', 'https://MCP.acme.example:443/r/', 'https://login.acme.example/'),
  );
  expect(registries.map(({ id }) => id)).toEqual(['acme']);
  expect(problems).toMatchObject([{ code: 'CFG_DUPLICATE_REGISTRY', params: { name: 'acme' } }]);
});

test('one address with two issuers is two registries', async () => {
  const { registries, problems } = await read(
    oauth('acme', 'https://mcp.acme.example'),
    oauth('partners', 'https://mcp.acme.example', 'https://login.partners.example'),
  );
  expect(registries).toHaveLength(2);
  expect(problems).toEqual([]);
});

test('an entry that is blocked hides no good one, wherever it stands', async () => {
  const { registries, problems } = await read(
    oauth('acme', 'http://mcp.acme.example'),
    oauth('acme', 'https://mcp.acme.example'),
  );
  expect(registries.map(({ url, blocked }) => [url, blocked])).toEqual([
    ['https://mcp.acme.example', undefined],
  ]);
  expect(problems.map(({ code }) => code)).toContain('CFG_DUPLICATE_ID');
});
