import { expect, test } from 'vitest';
import { configurationTemplate } from './template';
import { readText } from './testing/read-text';

test('the template is a valid file that says nothing', async () => {
  expect(await readText(configurationTemplate)).toMatchObject({ registries: [], settings: {}, problems: [] });
});

test('its examples are valid once they are not commented out', async () => {
  const examples = configurationTemplate
    .split('\n')
    .filter((line) => /^# {3,}/.test(line))
    .map((line) => line.replace('#   ', ''));
  const settingsAt = examples.indexOf('settings:');
  const registries = ['registries:', ...examples.slice(0, settingsAt)];
  const layer = await readText([...registries, ...examples.slice(settingsAt)].join('\n'));
  expect(layer.problems).toEqual([]);
  expect(layer.registries).toMatchObject([{ id: 'acme-mcp-registry', auth: { type: 'oauth' } }]);
  expect(Object.keys(layer.settings)).toEqual(['sign_in_timeout_seconds']);
});
