import { expect, test } from 'vitest';
import { entryOfForm, formOfEntry } from './registry-form';

const written = (bearer: object | undefined) => ({
  id: 'ci',
  url: 'https://mcp.ci.example',
  auth: { type: 'bearer', ...(bearer !== undefined && { bearer }) },
});

test.each([[undefined], [{ token_file: '/run/secrets/mcp' }], [{ token_ref: 'ci' }]])(
  'saving a registry with a token without a change changes nothing: %j',
  (bearer) => {
    const entry = written(bearer);
    expect(entryOfForm(formOfEntry(entry), entry)).toEqual(entry);
  },
);

test('the file of a token is shown and edited; emptied, the app asks for the token', () => {
  const entry = written({ token_file: '/run/secrets/mcp' });
  const values = formOfEntry(entry);
  expect(values).toMatchObject({ authType: 'bearer', tokenFile: '/run/secrets/mcp' });
  expect(entryOfForm({ ...values, tokenFile: ' /run/secrets/new ' }, entry).auth).toEqual({
    type: 'bearer',
    bearer: { token_file: '/run/secrets/new' },
  });
  expect(entryOfForm({ ...values, tokenFile: '' }, entry).auth).toEqual({ type: 'bearer' });
});

test('a file takes the place of a token under a name, as an entry has only one of them', () => {
  const entry = written({ token_ref: 'ci' });
  expect(entryOfForm({ ...formOfEntry(entry), tokenFile: '/run/secrets/mcp' }, entry).auth).toEqual({
    type: 'bearer',
    bearer: { token_file: '/run/secrets/mcp' },
  });
});

test('another way to sign in drops what was said of the token', () => {
  const entry = written({ token_file: '/run/secrets/mcp' });
  expect(entryOfForm({ ...formOfEntry(entry), authType: 'none' }, entry)).not.toHaveProperty('auth');
});
