import { expect, test } from 'vitest';
import type { RegistryFormValues } from '../../contract/registry-form';
import { success } from '../base/failure';
import { formOfEntry, type WrittenEntry } from '../config';
import { clientOf } from '../identity/testing/client';
import { registryOf } from '../sessions/testing/registry-of';
import { FormEntries } from './form-entries';

const acme = registryOf('acme', clientOf('https://login.acme.example'));
const entries = (registry = acme, written?: WrittenEntry) =>
  new FormEntries({ registries: () => [registry], writtenEntry: () => Promise.resolve(success(written)) });
const asWritten: WrittenEntry = {
  id: 'acme',
  name: 'Acme',
  url: acme.url,
  auth: {
    type: 'oauth',
    oauth: {
      issuer: 'https://login.acme.example',
      client_id: 'gatepass',
      extra_authorize_parameters: { prompt: 'login' },
    },
  },
};
const values: RegistryFormValues = { ...formOfEntry(asWritten), name: 'Acme tools' };

test('an entry is what the user’s file says of it', async () => {
  expect(await entries(acme, asWritten).written('acme')).toEqual(success(asWritten));
});

test('a registry of another source is what the file would say of it', async () => {
  const written = await entries().written('acme');
  expect(written).toMatchObject({ ok: true, value: { url: acme.url, auth: { type: 'oauth' } } });
});

test('a registry of the organization is nobody’s to write', async () => {
  expect(await entries({ ...acme, locked: true }, asWritten).written('acme')).toMatchObject({
    failure: { code: 'SETTING_LOCKED', params: { name: acme.name } },
  });
});

test('a registry that went meanwhile is told as such', async () => {
  expect(await entries().written('gone')).toMatchObject({ failure: { code: 'OP_STALE' } });
});

test('a form changes what it shows, and nothing else of the entry', async () => {
  const entry = await entries(acme, asWritten).ofForm({ values, replaces: 'acme' });
  expect(entry).toMatchObject({
    id: 'acme',
    name: 'Acme tools',
    auth: { oauth: { extra_authorize_parameters: { prompt: 'login' } } },
  });
});

test('the form of a new registry takes nothing from those that are there', async () => {
  const entry = await entries(acme, asWritten).ofForm({ values });
  expect(entry).not.toHaveProperty('id');
  expect(entry).not.toHaveProperty('auth.oauth.extra_authorize_parameters');
});
